/// What the DNS promises about the certificate of one mail exchanger, and whether anybody may rely on it, RFC 7672 §2.2.
public struct DANEPromise: Hashable, Sendable {
    /// How far the promise holds.
    public enum Standing: Hashable, Sendable {
        /// An answer is missing.
        case open
        /// Certainly no TLSA record.
        case none
        /// Whether there are TLSA records could not be found out: senders that use DANE wait. `true` if the host's own addresses
        /// are signed, without which none would ask.
        case failed(DNSAnswer, isSigned: Bool)
        /// Signed as it should be.
        case secure
        /// Not signed: senders ignore it.
        case insecure
        /// Signed wrongly: senders wait.
        case bogus(String)
        /// Nobody judged it, or nobody could; the words say why.
        case notJudged(String?)
    }

    /// The exchanger.
    public let host: DNSName
    /// Where the records stand: the name to which the host's aliases lead, if that has some, else the host (RFC 7672 §2.2.2).
    public private(set) var base: DNSName
    /// All records, usable or not.
    public private(set) var records: [TLSARecord] = []
    /// How far the promise holds.
    public private(set) var standing: Standing = .open
    /// What must be asked to go on.
    public private(set) var pendingQuestions: [DNSQuestion] = []

    /// The promise as far as the answers go.
    public init(of host: DNSName, from answers: DNSAnswers) {
        (self.host, base) = (host, host)
        var facts = Facts(answers)
        let addresses = facts.lookAtAddresses(of: host)
        var lookup = Self.place(host).flatMap { facts.look($0, .tlsa) }
        if let end = addresses?.lazy.compactMap(\.aliases.last).first, let place = Self.place(end) {
            let expanded = facts.look(place, .tlsa)
            if let expanded, !expanded.records.isEmpty { (lookup, base) = (expanded, end) }
        }
        pendingQuestions = facts.missing
        guard pendingQuestions.isEmpty, let lookup, let answer = lookup.ended else { return }
        records = TLSARecord.all(lookup)
        let isSigned = (addresses ?? []).contains { answers[$0.question]?.verdict == .secure }
        switch answer.outcome {
        case .absent:
            standing = .none
        case .found:
            standing = Self.standing(
                answer.verdict, addressVerdicts: (addresses ?? []).map { answers[$0.question]?.verdict })
        case .refused, .serverFailure, .lame, .otherError, .silent, .unreachable, .malformed:
            standing = .failed(answer, isSigned: isSigned)
        }
    }

    /// `_25._tcp` below a host.
    static func place(_ host: DNSName) -> DNSName? { host.under("_tcp")?.under("_25") }

    private static func standing(_ verdict: DNSSECVerdict?, addressVerdicts: [DNSSECVerdict?]) -> Standing {
        switch verdict {
        case .bogus(let why)?: return .bogus(why)
        case .unknown(let obstacle)?: return .notJudged(obstacle.words)
        case .insecure?: return .insecure
        case nil: return .notJudged(nil)
        case .secure?:
            for case .bogus(let why)? in addressVerdicts { return .bogus(why) }
            // RFC 7672 §2.2.2: addresses that are not signed end it before TLSA is asked for.
            return addressVerdicts.contains(.insecure) ? .insecure : .secure
        }
    }

    /// The records that mail can use.
    public var usable: [TLSARecord] { records.filter(\.isUsable) }
}
