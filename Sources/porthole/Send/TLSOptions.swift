import ArgumentParser
import SMTP

/// What is demanded of TLS, as options.
struct TLSOptions: ParsableArguments {
    @Option(help: "The oldest version: 1.0, 1.1, 1.2 or 1.3.")
    var tlsMin: TLSDemands.Version?

    @Option(help: "The newest version.")
    var tlsMax: TLSDemands.Version?

    @Option(help: "An OpenSSL cipher list for TLS 1.2 and before.")
    var ciphers: String?

    @Option(help: "The name to send as SNI; empty sends none. Default: the host's.")
    var sni: String?

    @Option(help: "The name to expect in the certificate. Default: the host's.")
    var tlsHost: String?

    @Option(help: "The SHA-256 of the server's certificate, in hexadecimal; repeat for more. Another ends the session.")
    var pin: [String] = []

    @Flag(help: "End the session when the certificate is not verified.")
    var tlsVerify = false

    @Flag(help: "Afterwards connect once more with the session that the server gave, and say whether it was resumed.")
    var tlsResume = false

    @Flag(
        help:
            "Throw away what stands behind the 220 to STARTTLS in the clear, and go on. Without it the session ends there."
    )
    var starttlsDiscard = false

    @Option(help: "A new file for the server's certificates, as it sent them: PEM, its own first.")
    var tlsSaveChain: String?

    @Option(help: "A PEM file with the client's certificate and its chain.")
    var clientCert: String?

    @Option(help: "A PEM file with the client's key. Default: the file of --client-cert.")
    var clientKey: String?

    func demands() throws -> TLSDemands {
        var demands = TLSDemands()
        (demands.minimum, demands.maximum, demands.ciphers) = (tlsMin, tlsMax, ciphers)
        if let tlsMin, let tlsMax, tlsMin.number > tlsMax.number {
            throw CommandFailure("--tls-min \(tlsMin.rawValue) is newer than --tls-max \(tlsMax.rawValue)", .usage)
        }
        for (name, value) in [("--sni", sni), ("--tls-host", tlsHost), ("--ciphers", ciphers)] {
            if let value, let fault = EnvelopeFault.inField(value, name) { throw CommandFailure(fault, .usage) }
        }
        (demands.serverName, demands.expectedName) = (sni, tlsHost)
        demands.pins = try pin.map { text in
            guard let pin = TLSDemands.pin(text) else {
                throw CommandFailure("--pin: \(text) is not a SHA-256: 64 hexadecimal digits, colons allowed", .usage)
            }
            return pin
        }
        (demands.mustVerify, demands.discardsInjection) = (tlsVerify, starttlsDiscard)
        if clientKey != nil, clientCert == nil { throw CommandFailure("--client-key needs --client-cert", .usage) }
        (demands.certificateFile, demands.keyFile) = (clientCert, clientKey)
        return demands
    }
}

extension TLSDemands.Version: ExpressibleByArgument {}

extension TLSOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        tlsMin = try line.value("--tls-min")
        tlsMax = try line.value("--tls-max")
        ciphers = try line.value("--ciphers")
        sni = try line.value("--sni")
        tlsHost = try line.value("--tls-host")
        pin = try line.values("--pin")
        tlsVerify = line.hasFlag("--tls-verify")
        tlsResume = line.hasFlag("--tls-resume")
        starttlsDiscard = line.hasFlag("--starttls-discard")
        tlsSaveChain = try line.value("--tls-save-chain")
        clientCert = try line.value("--client-cert")
        clientKey = try line.value("--client-key")
    }
}
