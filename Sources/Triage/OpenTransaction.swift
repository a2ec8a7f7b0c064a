import MailVocabulary
import SMTP

/// The mail transaction that is open in a session now, RFC 5321 §3.3: what DATA would send, whoever typed its commands.
public struct OpenTransaction: Hashable, Sendable {
    /// Without angle brackets.
    public var sender: String
    /// Accepted forward-paths, without angle brackets.
    public var accepted: [String]
    /// Recipients of the plan that have not been asked for yet: sending asks for them first.
    public var unasked: [String]
}

extension SessionRecord {
    /// The open transaction, when the server has accepted its sender and at least one recipient, and no message was sent in it.
    public var openTransaction: OpenTransaction? {
        guard isOpen, progress.sender == .accepted, progress.message == .untried, !progress.isDataOpen else {
            return nil
        }
        let accepted = progress.recipients.filter { $0.value == .accepted }.map(\.key).sorted()
        guard !accepted.isEmpty else { return nil }
        let sender = events.reversed().lazy.compactMap { event -> String? in
            guard case .received(let reply, .sender, let command?, _, _) = event.fact, reply.isPositive else {
                return nil
            }
            return CommandText.path(in: command)
        }.first
        let unasked = plan.recipients.map(\.forwardPath).filter { progress.recipients[$0] == nil }
        return OpenTransaction(sender: sender ?? plan.reversePath, accepted: accepted, unasked: unasked)
    }
}
