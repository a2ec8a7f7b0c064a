/// What a response says to one question: the outcome that the DNS knows, without the times and faults of the network.
public struct AnswerReading: Hashable, Sendable {
    /// Never `.silent`, `.unreachable` or `.malformed`: those are no response.
    public var outcome: DNSAnswer.Outcome
    /// As `DNSAnswer.aliases`.
    public var aliases: [DNSName]
    /// Seconds for which it may be used again: the smallest TTL, or the negative TTL of RFC 2308 §5; 0 for every fault.
    public var keep: UInt32
    /// As `DNSAnswer.isAuthoritative`.
    public var isAuthoritative: Bool
    /// When the first signature of the records ends, in seconds since 1970 modulo 2³², RFC 4034 §3.1.5; `nil` without signatures.
    public var signaturesEnd: UInt32?
    /// As `DNSAnswer.flags`.
    public var flags: HeaderFlags
    /// As `DNSAnswer.serverID`.
    public var serverID: String?
    /// As `DNSAnswer.extendedErrors`.
    public var extendedErrors: [ExtendedError]

    /// Reads a response that is known to belong to the question.
    public init(of message: DNSMessage, to question: DNSQuestion) {
        let chain = AliasChain(from: question, in: message.answers)
        isAuthoritative = message.isAuthoritative
        (outcome, aliases, keep) = (.serverFailure, chain.aliases, 0)
        (flags, serverID, extendedErrors) = (message.flags, message.serverID, message.extendedErrors)
        if serverID == "" { serverID = nil }
        signaturesEnd = message.answers.compactMap(RecordSignature.init).map(\.end).min()
        switch message.rcode {
        case 0: outcome = Self.outcome(of: message, chain)
        case 2: outcome = .serverFailure
        case 3: outcome = .absent(.noSuchName)
        case 5: outcome = .refused
        case let other: outcome = .otherError(other)
        }
        keep = Self.keep(of: message, outcome)
    }

    private static func outcome(of message: DNSMessage, _ chain: AliasChain) -> DNSAnswer.Outcome {
        if let absence = chain.absence { return .absent(absence) }
        if chain.isComplete { return .found(chain.records) }
        let hasAuthority = message.authority.contains { $0.type == .soa }
        if !chain.aliases.isEmpty { return hasAuthority ? .absent(.noSuchRecord) : .found(chain.records) }
        // RFC 2308 §2.2: without SOA and without NS an empty answer of a resolver is still NODATA (type 3); with NS it is a referral,
        // and a server that neither knows the zone nor asks others is lame.
        let isReferral = message.authority.contains { $0.type == .ns }
        if hasAuthority || message.isAuthoritative { return .absent(.noSuchRecord) }
        return isReferral || !message.recursionAvailable ? .lame : .absent(.noSuchRecord)
    }

    /// RFC 2181 §8: a TTL with the top bit set counts as 0.
    private static func keep(of message: DNSMessage, _ outcome: DNSAnswer.Outcome) -> UInt32 {
        let honest: (UInt32) -> UInt32 = { $0 > 0x7FFF_FFFF ? 0 : $0 }
        switch outcome {
        case .found(let records):
            return records.map { honest($0.ttl) }.min() ?? 0
        case .absent:
            for record in message.authority {
                if case .startOfAuthority(_, _, let minimum) = record.data { return honest(min(record.ttl, minimum)) }
            }
            return 0
        case .refused, .serverFailure, .lame, .otherError, .silent, .unreachable, .malformed:
            return 0
        }
    }
}
