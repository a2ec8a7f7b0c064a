import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// "Relaying denied" is most often the right answer of the wrong server.
    static let serverIsExchanger = WalkthroughStep(
        id: "server-is-exchanger", label: "right server",
        goal: "See whether the server asked is one that takes mail for the recipient's domain.",
        command: { incident, _ in "look up MX \(incident.domain?.description ?? "of the recipient's domain")" },
        expected: "the server that we speak to is in the list",
        remedies: [
            Remedy("ask the domain's own exchanger instead", .edit),
            "a server that is not in the list takes mail only from its own people: log in, or be let relay",
        ],
        judge: { incident in
            guard let session = incident.main else { return .need([.converse(upTo: .recipient)]) }
            guard let domain = incident.domain else {
                return .conclude(
                    Outcome(
                        .warning, observed: "no recipient's domain is known",
                        reading: "give a recipient with its domain, then this can be told"))
            }
            let subject = DNSSubject.domain(domain)
            guard let examination = incident.examinations[subject] else { return .need([.examine(subject)]) }
            guard let answer = examination.answers[DNSQuestion(domain, .mx)] else { return .need([.wait]) }
            let hosts = answer.records.compactMap { record -> DNSName? in
                if case .exchange(let exchanger) = record.data { exchanger.exchange } else { nil }
            }
            let observed = answer.outcome.words(for: answer)
            let addresses = hosts.flatMap { host in
                [RecordType.a, .aaaa].flatMap { examination.answers[DNSQuestion(host, $0)]?.records ?? [] }
            }
            let isListed =
                hosts.contains { $0 == DNSName(session.host ?? "") }
                || addresses.contains { $0.data == session.remote.map { RecordData.address($0.address) } }
            if isListed {
                return .conclude(
                    Outcome(
                        .passed, observed: observed,
                        reading: "we ask the right server: it takes mail for \(domain)"))
            }
            if hosts.isEmpty {
                return .conclude(
                    Outcome(
                        .warning, observed: observed,
                        reading: "without an MX record mail goes to the domain's own address"))
            }
            return .conclude(
                Outcome(
                    .warning, observed: observed,
                    reading:
                        "\(session.host ?? "this server") is not an exchanger of \(domain): as a stranger we may be refused here",
                    causes: ["this server does not take mail for \(domain) from strangers"]))
        })
}
