import ArgumentParser
import DNS
import MailVocabulary
import Triage
import Wire

/// `porthole check`: the DNS checks on the command line.
struct Check: HeadlessCommand {
    static let configuration = CommandConfiguration(
        abstract: "The mail side of the DNS: of a domain, or of an address.")

    @Argument(help: "A domain, or an IP address.")
    var subject: String

    @Option(help: "The name server to ask: HOST:PORT or HOST. Default: the system's.")
    var resolver: String?

    @Flag(help: "JSON.")
    var json = false

    func perform() async throws -> ExitStatus {
        let subject = try Self.subject(self.subject)
        let resolver = Resolver(server: try ResolverChoice.server(resolver))
        let examination = await resolver.examine(subject)
        if json {
            try Output.json(ExaminationJSON(self.subject, examination))
        } else {
            for answer in examination.answers.inOrder {
                Output.line("\(answer.question)  \(answer.outcome.words(for: answer))")
            }
            for finding in examination.findings.sorted(by: { $0.kind.severity > $1.kind.severity }) {
                Output.line(
                    "\(finding.kind.severity)  \(finding.kind.code)  \(finding.message)  (\(finding.kind.citation))")
            }
        }
        let worst = examination.findings.map(\.kind.severity).max() ?? .fine
        switch worst {
        case .failure: return .refused
        case .unknown, .delay: return .temporary
        case .fine, .note, .warning: return .done
        }
    }

    private static func subject(_ text: String) throws -> DNSSubject {
        if let address = IPAddress(text) { return .address(address, role: .target) }
        do {
            let name = try DNSName(reading: text)
            guard name != .root else { throw CommandFailure("give a domain or an address", .usage) }
            return .domain(name)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(error)", .usage)
        }
    }
}
