import DNS
import MailVocabulary
import SMTP

/// What is known already about a check that a cause names: the panel says so beside the cause, live.
public enum CheckVerdict: Hashable, Sendable {
    /// The cause is so: the words say what was seen.
    case confirmed(String)
    /// The cause is not so.
    case ruledOut(String)

    public var isConfirmed: Bool { if case .confirmed = self { true } else { false } }

    public var words: String {
        switch self {
        case .confirmed(let seen): "seen here: \(seen)"
        case .ruledOut(let seen): "not here: \(seen)"
        }
    }
}

extension Incident {
    /// The verdict of `check` (`dns.ptr`, `tls.offered`, …) from what is known now; `nil` while it is not.
    public func verdict(ofCheck check: String) -> CheckVerdict? {
        switch check {
        case "dns.ptr", "dns.fcrdns":
            guard let address = session?.local?.address, let answer = reverseAnswer(of: address) else { return nil }
            switch answer.outcome {
            case .found: return .ruledOut("\(address) has a PTR record")
            case .absent: return .confirmed("\(address) has no PTR record")
            case .silent: return .confirmed("the reverse lookup of \(address) got no answer in \(answer.took.brief)")
            case .serverFailure, .refused, .lame, .otherError, .unreachable, .malformed:
                return .confirmed("the reverse lookup of \(address) fails")
            }
        case "clock.banner":
            guard let took = session?.greetingTook else { return nil }
            return took >= Self.slowGreeting
                ? .confirmed("the banner took \(took.brief)") : .ruledOut("the banner took \(took.brief)")
        case "tls.offered":
            guard let session, !session.capabilities.isEmpty else { return nil }
            if session.tls != nil { return .ruledOut("the session is inside TLS") }
            return session.capabilities.contains { $0.name == "STARTTLS" }
                ? .confirmed("STARTTLS is offered and was not used") : .ruledOut("STARTTLS is not offered")
        case "auth.offered":
            guard let session, !session.capabilities.isEmpty else { return nil }
            return session.capabilities.contains { $0.name == "AUTH" }
                ? .confirmed("AUTH is offered and was not used") : .ruledOut("AUTH is not offered here")
        case "dns.nullmx":
            guard let domain, let answer = examinations[.domain(domain)]?.answers[DNSQuestion(domain, .mx)],
                !answer.records.isEmpty
            else { return nil }
            let isNull = answer.records.contains { if case .exchange(let mx) = $0.data { mx.isNull } else { false } }
            return isNull ? .confirmed("\(domain) has a null MX") : .ruledOut("\(domain) has MX records")
        default:
            return nil
        }
    }
}
