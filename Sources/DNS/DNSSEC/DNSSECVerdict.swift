/// What a validator makes of the records, or the absence, that a question leads to, RFC 4033 §5.
public enum DNSSECVerdict: Hashable, Sendable {
    /// Signed, and the signatures lead to a trust anchor.
    case secure
    /// There is proof that nothing is signed here, or no trust anchor above it.
    case insecure
    /// It should be signed and is not, or wrongly: the validator's own words say why. Outside text.
    case bogus(String)
    /// It cannot be known here.
    case unknown(Obstacle)

    /// Why a validator could not judge.
    public enum Obstacle: Hashable, Sendable {
        /// The resolver leaves the signatures out: no validator behind it can ever say "secure", and must not say "bogus".
        case stripped
        /// No verdict within the time that it may take.
        case late
        /// The validator, or the way to its data, failed: one sentence says how.
        case failed(String)
    }

    /// One stable word for scripts: `secure`, `insecure`, `bogus`, `unknown`.
    public var id: String {
        switch self {
        case .secure: "secure"
        case .insecure: "insecure"
        case .bogus: "bogus"
        case .unknown: "unknown"
        }
    }

    /// Why, where there is a reason.
    public var reason: String? {
        switch self {
        case .secure, .insecure: nil
        case .bogus(let why): why
        case .unknown(let obstacle): obstacle.words
        }
    }
}

extension DNSSECVerdict.Obstacle {
    /// Half a sentence, to stand behind "not validated:".
    public var words: String {
        switch self {
        case .stripped: "the resolver leaves the signatures out"
        case .late: "the validator gave no verdict in time"
        case .failed(let words): words
        }
    }

    /// Whether it may be gone the next time: a resolver that was too busy, or out of reach.
    public var mayPass: Bool {
        switch self {
        case .late, .failed: true
        case .stripped: false
        }
    }
}

extension DNSSubject {
    /// Whether a validator should look at this answer too: the records of a mail domain, also when a resolver that validates has
    /// nothing but SERVFAIL for them.
    public func wantsVerdict(on answer: DNSAnswer) -> Bool {
        guard case .domain = self, answer.verdict == nil,
            [.mx, .a, .aaaa, .txt, .tlsa].contains(answer.question.type)
        else { return false }
        switch answer.outcome {
        case .found, .absent, .serverFailure: return true
        case .refused, .lame, .otherError, .silent, .unreachable, .malformed: return false
        }
    }
}
