import MailVocabulary
import SMTP

/// A second attempt with one thing changed: what it answers tells what the first answer was about.
public enum Probe: Hashable, Sendable {
    /// The same once more, to compare times.
    case again
    /// Another port of the same host.
    case port(Int)
    /// Another host, spoken to directly.
    case host(String)
    /// The postmaster of the recipient's domain, whom every server must take (RFC 5321 §4.5.1).
    case postmaster
    /// The null reverse-path of delivery reports, which no server may refuse for itself (RFC 5321 §4.5.5).
    case nullSender

    /// The plan of the attempt.
    public func plan(from plan: SessionPlan) -> SessionPlan {
        var changed = plan
        switch self {
        case .again: break
        case .port(let port):
            changed.target.port = port
            changed.target.implicitTLS = port == 465
        case .host(let name):
            changed.target.destination = .host(name)
        case .postmaster:
            let domain = plan.recipients.first.flatMap { Mailbox($0.forwardPath)?.domain } ?? plan.target.name
            changed.recipients = [Recipient("postmaster@\(domain)")]
        case .nullSender:
            changed.reversePath = ""
        }
        return changed
    }

    /// The last stage of the attempt: no probe goes past RCPT.
    public var lastStage: SessionStage {
        switch self {
        case .again, .port, .host: .connect
        case .postmaster, .nullSender: .recipient
        }
    }
}
