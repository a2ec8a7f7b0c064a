import ArgumentParser
import Glibc
import Lab
import MailVocabulary

/// `porthole lab`: the built-in gateway, name server and log alone, for other programs to try.
struct LabCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Only the built-in gateway, DNS and log, until stopped; prints ports and paths as JSON.")

    @Option(help: "esa, postfix, sendmail or exchange.")
    var persona: String = "esa"

    @Option(help: "The seconds that the silent reverse zone delays the gateway's banner.")
    var bannerDelay: Double = 0

    @Option(help: "The port of the name server, on 127.0.0.1. Default: a free one.")
    var dnsPort: Int?

    @Option(help: "The port of the gateway, on 127.0.0.1, .2 and .5. Default: a free one.")
    var smtpPort: Int?

    @Flag(
        help:
            "The name server also holds a museum of faults: NAME.museum.test for the mail side of the DNS, NAME.museum for DNSSEC; and a web server the MTA-STS policies. The names are in the JSON."
    )
    var museum = false

    private struct Places: Encodable {
        let version = 1
        let smtp: String
        let smtps: String
        let resolver: String
        /// The port for `--https-port`, where the policies of the museum stand.
        let httpsPort: Int?
        /// Its domains, for `check`.
        let museum: [String]?
        let log: String
        let caFile: String
        /// For `--trust-anchor`.
        let trustAnchor: String
    }

    func perform() async throws -> ExitStatus {
        let lab: Lab
        do {
            var options = try Self.options(persona: persona, bannerDelay: bannerDelay)
            for port in [dnsPort, smtpPort].compactMap(\.self) where !(1...65_535).contains(port) {
                throw CommandFailure("\(port) is not a port; a port is a number from 1 to 65535", .usage)
            }
            (options.nameServerPort, options.port, options.holdsMuseum) = (dnsPort ?? 0, smtpPort ?? 0, museum)
            lab = try await Lab.start(options)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("the built-in gateway cannot start: \(error)", .internalFault)
        }
        try Output.json(
            Places(
                smtp: lab.gateway.description, smtps: lab.smtps.description, resolver: lab.nameServer.description,
                httpsPort: lab.https?.port,
                museum: museum ? lab.exhibits : nil, log: lab.logPath, caFile: lab.caPath, trustAnchor: lab.anchorPath))
        await Signals.first(of: [SIGINT, SIGTERM, SIGHUP])
        await lab.stop()
        return .done
    }

    static func options(persona: String, bannerDelay: Double) throws -> LabOptions {
        var options = LabOptions()
        guard let known = Persona(rawValue: persona) else {
            throw CommandFailure("no persona is called \(persona); there are: esa, postfix, sendmail, exchange", .usage)
        }
        options.behaviour.persona = known
        guard (0...600).contains(bannerDelay) else {
            throw CommandFailure("--banner-delay wants seconds from 0 to 600", .usage)
        }
        options.reverseTimeout = .milliseconds(Int(bannerDelay * 1000))
        return options
    }
}
