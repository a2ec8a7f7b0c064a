import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 001: open a connection to port 25.
    static let hostAnswers = WalkthroughStep(
        id: "host-answers", label: "connect",
        goal: "Open a connection to the server, as telnet would.",
        command: { incident, plan in
            let host = incident.session?.host ?? plan.target.name
            return "connect to \(host), port \(plan.target.port)"
        },
        expected: "the connection is accepted within a second or two",
        remedies: [
            "check that the SMTP service runs on the server", "look at the firewall at the server's side, then at ours",
            "check name, address and port", "try the next MX, or port 587",
        ],
        judge: { incident in
            guard let session = incident.session else { return .need([.converse(upTo: .connect)]) }
            for event in session.events {
                if case .connected(_, let remote, let took) = event.fact {
                    let peer = remote.map { "\($0)" } ?? session.host ?? "the server"
                    return .conclude(
                        Outcome(
                            .passed, observed: "\(peer) accepted the connection in \(took.brief)",
                            reading: "something listens there"))
                }
            }
            return judge(incident, .connect, passed: "something listens there")
        })
}
