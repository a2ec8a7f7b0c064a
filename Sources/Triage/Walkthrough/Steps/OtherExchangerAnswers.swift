import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// A second exchanger that answers says that our own network lets port 25 out.
    static let otherExchangerAnswers = WalkthroughStep(
        id: "other-exchanger-answers", label: "other MX",
        goal: "See whether another exchanger of the domain answers: then it is not our network.",
        command: { incident, _ in
            incident.otherExchanger.map { "connect to \($0), port 25" } ?? "no other exchanger is known"
        },
        expected: "another exchanger accepts the connection",
        remedies: [
            "none answers: try from another network; many providers close port 25 to the outside",
            "one answers: mail will flow through it, later; tell the domain's administrator which one is dead",
            Remedy("a text for the domain's administrator", .letter),
        ],
        judge: { incident in
            guard let main = incident.main else { return .need([.converse(upTo: .connect)]) }
            if main.connection != nil {
                return .conclude(
                    Outcome(
                        .passed, observed: "not needed: the first one answered",
                        reading: "the exchanger that was asked for is there"))
            }
            guard let other = incident.otherExchanger else {
                return .conclude(
                    Outcome(
                        .warning, observed: "no other exchanger is known",
                        reading:
                            "with one exchanger nothing can be told about our own network: try a host that you know"))
            }
            let probe = Probe.host(other)
            guard let second = incident.session(of: probe) else { return .need([.probe(probe)]) }
            if let found = second.connection {
                return .conclude(
                    Outcome(
                        .warning, observed: "\(other) (\(found.peer)) accepted the connection in \(found.took.brief)",
                        reading:
                            "our network lets us out: it is \(main.host ?? "the first exchanger") that does not answer")
                )
            }
            guard let closed = second.closed else { return .need([.wait]) }
            return .conclude(
                Outcome(
                    .failed, observed: "\(other): \(Phrase(said: closed.words))",
                    reading: "two exchangers do not answer us",
                    causes: [
                        "our own network or provider lets no connection to port 25 out",
                        "a firewall of theirs keeps our address out",
                    ]))
        })
}

extension Incident {
    /// An exchanger of the domain other than the one that the walkthrough's session spoke to.
    var otherExchanger: String? {
        let spoken = main?.host?.lowercased()
        let fromSession = (main?.exchangers ?? []).compactMap { $0.split(separator: " ").last.map(String.init) }
        let fromNames = domain.flatMap { examinations[.domain($0)]?.answers[DNSQuestion($0, .mx)] }?.records.compactMap
        {
            if case .exchange(let exchanger) = $0.data { exchanger.exchange.description } else { nil }
        }
        return (fromSession + (fromNames ?? [])).first { $0 != "." && $0.lowercased() != spoken }
    }
}
