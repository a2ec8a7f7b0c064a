import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: the lines of the ICID say whether the connection was let in.
    static let connectionWasAccepted = WalkthroughStep(
        id: "connection-was-accepted", label: "ICID",
        goal: "Read the newest of these connections: was it let in?",
        command: { incident, _ in
            incident.inquiryTraces.last?.keys.first.map { "all lines of \($0)" } ?? "no connection was found"
        },
        expected: "the connection was accepted, and a message came with it",
        remedies: [
            "refused by reputation or list: add the sender to a group that accepts, or let its administrator repair it",
            "given up before the greeting: reverse DNS of the sender is slow or missing",
            "TLS failed: compare versions and certificates of both sides",
        ],
        judge: { incident in
            guard
                let trace = incident.inquiryTraces.last(where: { !$0.messages.isEmpty }) ?? incident.inquiryTraces.last
            else {
                return .conclude(
                    Outcome(
                        .warning, observed: "no connection was found",
                        reading: "there is nothing to read: see the steps that follow"))
            }
            let worst = trace.findings.max { $0.kind.severity < $1.kind.severity }
            guard trace.messages.isEmpty else {
                return .conclude(
                    Outcome(
                        worst.map { $0.kind.severity > .note } == true ? .warning : .passed,
                        observed: trace.phrase,
                        reading: worst?.phrase ?? "the connection was let in and brought a message"))
            }
            return .conclude(
                Outcome(
                    .failed, observed: trace.phrase,
                    reading: worst?.phrase ?? "the connection ended without a message",
                    causes: trace.findings.dropFirst(worst == nil ? 0 : 1).prefix(3).map(\.phrase)))
        })
}
