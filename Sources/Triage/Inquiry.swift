import DNS
import MailVocabulary

/// The question of seed 004: somebody says that they wrote, and nothing came.
public struct Inquiry: Hashable, Sendable {
    /// `user@example.test`, or a domain alone. Outside text.
    public var sender: String
    /// Who should have got it; empty when nobody said.
    public var recipient: String

    public init(sender: String, recipient: String = "") { (self.sender, self.recipient) = (sender, recipient) }

    /// The sender's domain, when it is one.
    public var domain: DNSName? { DNSName(Mailbox(sender)?.domain ?? sender) }
}
