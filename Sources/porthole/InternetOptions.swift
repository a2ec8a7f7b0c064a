import ArgumentParser
import Wire

/// What differs from the public internet, in a laboratory or a private network: shared by the commands that judge names.
struct InternetOptions: ParsableArguments {
    @Option(help: "DS or DNSKEY records to trust in place of the root's keys, for a private internet: FILE.")
    var trustAnchor: String?

    @Option(help: "The port of the web server with the MTA-STS policy.")
    var httpsPort = 443

    func validate() throws {
        guard (1...65_535).contains(httpsPort) else {
            throw ValidationError("\(httpsPort) is not a port; a port is a number from 1 to 65535")
        }
    }

    /// The keys that DNSSEC is judged by.
    /// - Throws: `CommandFailure` for a file that holds none.
    func anchors() throws -> TrustAnchors {
        guard let trustAnchor else { return .root }
        do {
            _ = try TrustAnchors.file(trustAnchor).zone()
        } catch {
            throw CommandFailure("--trust-anchor: \(error)", .cannotRead)
        }
        return .file(trustAnchor)
    }
}
