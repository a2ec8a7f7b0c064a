import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// A host that answers elsewhere is alive: then it is the port that is closed, or a firewall for this port alone.
    static let otherPortAnswers = WalkthroughStep(
        id: "other-port-answers", label: "other port",
        goal: "See whether the host itself is alive, by another port of its mail service.",
        command: { incident, plan in
            "connect to \(incident.main?.host ?? plan.target.name), port \(other(than: plan.target.port))"
        },
        expected: "the connection is accepted",
        remedies: [
            "silent on both ports: the host is down, or a firewall drops us; ask from another network",
            "refused on both: the host is up and no mail service runs on it",
            Remedy("try once more", .again),
        ],
        judge: { incident in
            guard let main = incident.main else { return .need([.converse(upTo: .connect)]) }
            if let first = main.connection {
                return .conclude(
                    Outcome(
                        .passed, observed: "not needed: \(first.peer) answered",
                        reading: "the port that was asked for is open"))
            }
            guard main.closed != nil else { return .need([.wait]) }
            let port = other(than: main.plan.target.port)
            let probe = Probe.port(port)
            guard let second = incident.session(of: probe) else { return .need([.probe(probe)]) }
            if let found = second.connection {
                return .conclude(
                    Outcome(
                        .warning, observed: "\(found.peer) accepted the connection in \(found.took.brief)",
                        reading: "the host is alive: only port \(main.plan.target.port) does not answer",
                        causes: [
                            "a firewall on the way lets port \(main.plan.target.port) not through: many networks close it "
                                + "for their own customers",
                            "the service on port \(main.plan.target.port) is stopped",
                        ]))
            }
            guard let closed = second.closed else { return .need([.wait]) }
            let isRefused = main.closed == .refused || closed == .refused
            return .conclude(
                Outcome(
                    .failed, observed: "port \(port): \(Phrase(said: closed.words))",
                    reading: isRefused
                        ? "the host is up, and no mail service answers on it"
                        : "nothing at that address answers us at all",
                    causes: isRefused
                        ? ["the mail service is stopped", "a firewall answers for the host (reject, not drop)"]
                        : [
                            "the host is down", "a firewall drops our packets, here or there",
                            "the address is out of date",
                        ]
                ))
        })

    /// Submission for the relay port, and the other way about.
    private static func other(than port: Int) -> Int { port == 587 ? 25 : 587 }
}
