import ArgumentParser
import DNS
import MailVocabulary
import Triage
import Wire

/// `porthole check`: the DNS checks on the command line.
struct Check: HeadlessCommand {
    static let configuration = CommandConfiguration(
        abstract: "The mail side of the DNS: of a domain, or of an address.",
        discussion: """
            With --source, SPF is evaluated as a receiver does it, for mail from that address, and the address itself is \
            checked too. --sender says in whose name; without it, postmaster at the domain.

            DNSSEC is judged by a validator of our own, which asks through the same resolver and trusts the root's keys.

            Exit codes: 0 nothing worse than a warning, 75 something is delayed or could not be found out, 77 mail fails.
            """)

    @Argument(help: "A domain, or an IP address.")
    var subject: String

    @Option(help: "The address from which mail comes: says what SPF makes of it.")
    var source: String?

    @Option(help: "The envelope sender, USER@DOMAIN; only with --source.")
    var sender: String?

    @Option(
        name: .customLong("dnsbl"),
        help: "A block list to ask about the address, as zen.example.org; repeat for more. None is asked unless named.")
    var lists: [String] = []

    @Flag(help: "Ask each authoritative server of the domain too, and compare what they say.")
    var authoritative = false

    @Option(help: "The port of the authoritative servers.")
    var port = 53

    @Option(help: "DS or DNSKEY records to trust in place of the root's keys, for a private internet: FILE.")
    var trustAnchor: String?

    @Option(help: "The name server to ask: HOST:PORT or HOST. Default: the system's.")
    var resolver: String?

    @Flag(help: "JSON.")
    var json = false

    func perform() async throws -> ExitStatus {
        let subjects = try CheckSubjects(subject, source: source, sender: sender, lists: lists)
        if authoritative, subjects.domain == nil {
            throw CommandFailure("--authoritative wants a domain: an address has no zone of its own to compare", .usage)
        }
        guard (1...65_535).contains(port) else {
            throw CommandFailure("\(port) is not a port; a port is a number from 1 to 65535", .usage)
        }
        let resolver = try Self.resolver(resolver)
        let anchors = try Self.anchors(trustAnchor)
        let validation = Validation(resolver, trusting: anchors)
        async let authority = authority(subjects.domain, resolver)
        let examinations = await withTaskGroup(of: (Int, DNSExamination).self) { group in
            for (index, subject) in subjects.all.enumerated() {
                group.addTask { (index, await resolver.examine(subject, validation: validation)) }
            }
            var all: [(Int, DNSExamination)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let results = CheckResults(examinations: examinations, authority: await authority)
        if json {
            try Output.json(ExaminationJSON(subject, results))
        } else {
            for line in CheckText(results).lines { Output.line(line) }
        }
        switch results.findings.map(\.kind.severity).max() ?? .fine {
        case .failure: return .refused
        case .unknown, .delay: return .temporary
        case .fine, .note, .warning: return .done
        }
    }

    private func authority(_ domain: DNSName?, _ resolver: Resolver) async -> AuthorityExamination? {
        guard authoritative, let domain else { return nil }
        return await resolver.examineAuthority(of: domain, port: port)
    }

    /// The named file, if it is good for anything, or the root's keys.
    private static func anchors(_ path: String?) throws -> TrustAnchors {
        guard let path else { return .root }
        do {
            _ = try TrustAnchors.file(path).zone()
        } catch {
            throw CommandFailure("--trust-anchor: \(error)", .cannotRead)
        }
        return .file(path)
    }

    /// The named server, or all that the system knows, the next one where one is silent.
    private static func resolver(_ text: String?) throws -> Resolver {
        if text != nil { return Resolver(server: try ResolverChoice.server(text)) }
        do {
            let servers = try SystemResolver.servers()
            return Resolver(server: servers[0], others: Array(servers.dropFirst()))
        } catch {
            throw CommandFailure("\(error)", .cannotRead)
        }
    }
}
