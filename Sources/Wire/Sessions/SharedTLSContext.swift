import SMTP
import Synchronization
import TLS

/// The client's TLS settings, made when they are first needed: reading the system's roots takes milliseconds.
final class SharedTLSContext: Sendable {
    private let trustFile: String?
    private let made = Mutex<(context: OpenSSLContext, demands: TLSDemands)?>(nil)

    init(trustFile: String?) { self.trustFile = trustFile }

    /// - Throws: `TLSFailure` at `.settings` for demands that OpenSSL cannot meet.
    func context(_ demands: TLSDemands) throws -> OpenSSLContext {
        // What one connection leaves, another may resume: both are of one context.
        var demands = demands
        (demands.resumes, demands.discardsInjection) = (false, false)
        return try made.withLock { made in
            if let made, made.demands == demands { return made.context }
            var settings = TLSSettings()
            settings.trustFile = demands.trustFile ?? trustFile
            if let minimum = demands.minimum { settings.minimumVersion = minimum.number }
            if let maximum = demands.maximum { settings.maximumVersion = maximum.number }
            settings.ciphers = demands.ciphers
            settings.keepsSessions = true
            (settings.certificateFile, settings.keyFile) = (demands.certificateFile, demands.keyFile)
            let context = try OpenSSLContext(settings)
            made = (context, demands)
            return context
        }
    }
}
