import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: find the connection and the message in the gateway's log.
    static let gatewaySawConnection = WalkthroughStep(
        id: "gateway-saw-connection", label: "log",
        goal: "Find our connection and our message in the gateway's log, and what became of it.",
        command: { incident, _ in
            let what = incident.acceptedMessage.map { $0.description } ?? incident.main?.local?.address.description
            return "look for \(what ?? "our address") in the log"
        },
        expected: "our connection, our message, and a delivery",
        remedies: [
            Remedy(
                "nothing there: the connection never reached this gateway; look at the firewall and at what is in between",
                in: .nothing),
            Remedy("delayed or bounced: the log says what the next server answered", .showLog, in: .message),
            Remedy("the lines of this connection say what the gateway did with it", .showLog, in: .connection),
        ],
        readsLog: true,
        judge: { incident in
            guard let log = incident.log else { return .need([.chooseLog]) }
            if let message = incident.messageInLog {
                let verdict: Outcome.Verdict
                switch message.outcome {
                case .pending: return .need([.wait])
                case .delivered: verdict = .passed
                case .delayed, .quarantined: verdict = .warning
                case .bounced, .expired, .dropped, .rejected, .aborted: verdict = .failed
                }
                return .conclude(
                    Outcome(
                        verdict, observed: message.phrase,
                        reading: incident.messageTrace?.phrase ?? message.phrase, turn: .message))
            }
            if let found = incident.connectionTrace {
                return .conclude(
                    Outcome(
                        .warning,
                        observed: found.isCertain
                            ? "this is our connection"
                            : "this is the newest connection from our address, most likely ours",
                        reading: found.trace.phrase,
                        turn: .connection))
            }
            if let outcome = incident.withoutConnection { return .conclude(outcome) }
            guard incident.main?.local != nil else { return .need([.converse(upTo: .recipient)]) }
            return .conclude(
                Outcome(
                    .warning, observed: "nothing about us in \(log.name)",
                    reading: "either the connection never reached this gateway, or its log comes late",
                    causes: [
                        "another gateway, load balancer or firewall answered",
                        "the log is written to another file or host",
                        "the gateway sees us under another address (NAT)",
                    ], turn: .nothing))
        })
}
