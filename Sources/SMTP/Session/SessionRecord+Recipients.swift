import MailVocabulary

extension SessionRecord {
    /// What became of one recipient of the last transaction, as far as the server said.
    public struct RecipientOutcome: Hashable, Sendable {
        /// As sent, without angle brackets. Outside text.
        public var path: String
        /// To RCPT.
        public var reply: Reply
        /// After the final dot: of this recipient in LMTP, of the whole message in SMTP.
        public var delivery: Reply?

        /// The server took the message for this recipient.
        public var isTaken: Bool { delivery?.grants(.endOfData) == true }
    }

    /// The recipients of the last transaction, in the order in which they were named.
    public var recipients: [RecipientOutcome] {
        var outcomes: [RecipientOutcome] = []
        var finals = 0
        var isPerRecipient = plan.isLMTP
        for event in events {
            guard case .received(let reply, let stage, let command, _, _) = event.fact else { continue }
            switch stage {
            case .sender where reply.grants(.sender):
                (outcomes, finals) = ([], 0)
                isPerRecipient = plan.isLMTP
            case .recipient:
                outcomes.append(RecipientOutcome(path: CommandText.path(in: command ?? "") ?? "", reply: reply))
            case .endOfData where reply.asksMore(at: .endOfData): isPerRecipient = true
            case .endOfData:
                let accepted = outcomes.indices.filter { outcomes[$0].reply.grants(.recipient) }
                let concerned = isPerRecipient ? Array(accepted.dropFirst(finals).prefix(1)) : accepted
                for index in concerned { outcomes[index].delivery = reply }
                // The reply to the whole message ends those of PRDR: when it refuses, nobody gets it.
                if isPerRecipient, finals == accepted.count, !reply.grants(.endOfData) {
                    for index in accepted { outcomes[index].delivery = reply }
                }
                finals += 1
            case .resolve, .connect, .hello, .startTLS, .authenticate, .sender, .data, .chunk, .reset, .quit, .other,
                .idle:
                break
            }
        }
        return outcomes
    }
}
