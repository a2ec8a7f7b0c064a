import Synchronization
import TLS

/// The client's TLS settings, made when they are first needed: reading the system's roots takes milliseconds.
final class SharedTLSContext: Sendable {
    private let trustFile: String?
    private let made = Mutex<OpenSSLContext?>(nil)

    init(trustFile: String?) { self.trustFile = trustFile }

    func context() throws -> OpenSSLContext {
        try made.withLock { made in
            if let made { return made }
            var settings = TLSSettings()
            settings.trustFile = trustFile
            let context = try OpenSSLContext(settings)
            made = context
            return context
        }
    }
}
