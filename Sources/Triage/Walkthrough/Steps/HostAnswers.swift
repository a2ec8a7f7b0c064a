import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 001: open a connection to port 25.
    static let hostAnswers = WalkthroughStep(
        id: "host-answers", label: "connect",
        goal: "Open a connection to the server, as telnet would.",
        command: { incident, plan in
            let host = incident.main?.host ?? plan.target.name
            return "connect to \(host), port \(plan.target.port)"
        },
        expected: "the connection is accepted within a second or two",
        remedies: [
            "check that the SMTP service runs on the server", "look at the firewall at the server's side, then at ours",
            Remedy("check name, address and port", .edit), Remedy("try port 587 of the same host", .probe(.port(587))),
        ],
        judge: { incident in
            guard let session = incident.main else { return .need([.converse(upTo: .connect)]) }
            if let connection = session.connection {
                return .conclude(
                    Outcome(
                        .passed, observed: "\(connection.peer) accepted the connection in \(connection.took.brief)",
                        reading: "something listens there"))
            }
            return judge(incident, .connect, passed: "something listens there")
        })
}
