import DNS
import MailLog
import MailVocabulary
import SMTP

extension WalkthroughStep {
    /// Seed 004: grep for the address, then for the ICID; here both at once, and for the sender too.
    static let logHasSender = WalkthroughStep(
        id: "log-has-sender", label: "log",
        goal: "Look in the gateway's log for the sender, and for connections from its addresses.",
        command: { incident, _ in "look for \(incident.inquiryNeedles.prefix(4).joined(separator: ", ")) in the log" },
        expected: "connections from the sender's side",
        remedies: [
            "nothing: the sender never came this far; ask its administrator for the error in its queue",
            "take the log of the right day and of every gateway: :log open PATH",
            Remedy("look once more", .again),
        ],
        judge: { incident in
            guard incident.inquiry != nil else { return .need([.inquire]) }
            guard let log = incident.log else { return .need([.chooseLog]) }
            guard log.isCaughtUp else { return .need([.wait]) }
            let needles = incident.inquiryNeedles
            let missing = needles.filter { incident.searches[$0] == nil }
            guard missing.isEmpty else { return .need([.search(missing)]) }
            let found = incident.inquiryTraces
            guard let last = found.last else {
                let window = log.index.window.map { ", which begins at \($0.from) and ends at \($0.to)" } ?? ""
                return .conclude(
                    Outcome(
                        .failed, observed: "nothing in \(log.lineCount) lines of \(log.name)\(window)",
                        reading: "as far as this log goes the sender never connected",
                        causes: [
                            "the sender's server could not connect: its DNS, its firewall, ours",
                            "the message went to another gateway of the domain",
                            "the sender's server still has it in its queue", "the log is of another day",
                        ]))
            }
            let count = found.count == 1 ? "1 connection" : "\(found.count) connections"
            return .conclude(
                Outcome(
                    .passed, observed: "\(count); the newest: \(last.phrase)", reading: "the sender did come here"))
        })
}

extension Incident {
    /// What the log is asked about the missing message: the sender as typed, then the addresses of its domain.
    var inquiryNeedles: [String] {
        guard let inquiry else { return [] }
        return [inquiry.sender] + (inquiry.domain.map { sendingNetworks(of: $0) } ?? []).prefix(32)
    }

    /// The connections that were found for the missing message, in file order, each once; those with the recipient in them alone
    /// when there are any.
    var inquiryTraces: [Trace] {
        var known: Set<[TraceKey]> = []
        let found = inquiryNeedles.flatMap { searches[$0]?.traces ?? [] }.filter { known.insert($0.keys).inserted }
            .sorted { ($0.lines.first?.offset ?? 0) < ($1.lines.first?.offset ?? 0) }
        guard let recipient = inquiry?.recipient.lowercased(), !recipient.isEmpty else { return found }
        let named = found.filter { trace in
            trace.messages.contains { $0.recipients.contains { $0.address.lowercased() == recipient } }
        }
        return named.isEmpty ? found : named
    }

    /// The message that was missed: the newest of the sender to the recipient.
    var inquiryMessage: Trace.Message? {
        guard let inquiry else { return nil }
        let sender = inquiry.sender.lowercased()
        let isWhole = sender.contains("@")
        let messages = inquiryTraces.flatMap(\.messages).filter { message in
            let from = message.sender.lowercased()
            return isWhole ? from == sender : from.hasSuffix("@" + sender) || from.hasSuffix("." + sender)
        }
        let recipient = inquiry.recipient.lowercased()
        return messages.last { message in
            recipient.isEmpty || message.recipients.contains { $0.address.lowercased() == recipient }
        } ?? (recipient.isEmpty ? messages.last : nil)
    }
}
