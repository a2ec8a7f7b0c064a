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

    @Option(help: "The name server to ask: HOST:PORT or HOST. Default: the system's.")
    var resolver: String?

    @Flag(help: "JSON.")
    var json = false

    func perform() async throws -> ExitStatus {
        let subjects = try CheckSubjects(subject, source: source, sender: sender, lists: lists).all
        let resolver = Resolver(server: try ResolverChoice.server(resolver))
        let examinations = await withTaskGroup(of: (Int, DNSExamination).self) { group in
            for (index, subject) in subjects.enumerated() {
                group.addTask { (index, await resolver.examine(subject)) }
            }
            var all: [(Int, DNSExamination)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        if json {
            try Output.json(ExaminationJSON(subject, examinations))
        } else {
            for line in CheckText(examinations).lines { Output.line(line) }
        }
        switch examinations.flatMap(\.findings).map(\.kind.severity).max() ?? .fine {
        case .failure: return .refused
        case .unknown, .delay: return .temporary
        case .fine, .note, .warning: return .done
        }
    }
}
