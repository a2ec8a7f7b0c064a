import MailVocabulary

/// What came of one question: who answered, how fast, and with what.
public struct DNSAnswer: Hashable, Sendable {
    /// How the answer came.
    public enum Transport: String, Hashable, Sendable { case udp, tcp }

    /// The six kinds of "no answer" are six cases, never one.
    public enum Outcome: Hashable, Sendable {
        /// Records of the answer section, CNAMEs of the chain included, in the order sent. Records of other names are left out.
        /// Without a record of the asked type the chain ends at a name that this server did not look up: `aliases.last`.
        case found([ResourceRecord])
        /// NXDOMAIN, or an empty answer for a name that exists (NODATA), RFC 2308 §2.
        case absent(Absence)
        /// RCODE 5.
        case refused
        /// RCODE 2.
        case serverFailure
        /// Not authoritative and no answer: the server does not know the zone.
        case lame
        /// Another RCODE: FORMERR, NOTIMP, …
        case otherError(Int)
        /// Nothing came within the limit, in any attempt.
        case silent
        /// The port is closed: ICMP said so, or TCP was reset.
        case unreachable(String)
        /// Bytes came that are no DNS message, or one that lies about itself: the words say which.
        case malformed(String)

        /// As `DNSAnswer.isSettled`.
        public var isSettled: Bool {
            switch self {
            case .found, .absent: true
            case .refused, .serverFailure, .lame, .otherError, .silent, .unreachable, .malformed: false
            }
        }
    }

    /// Ways in which there is certainly no record.
    public enum Absence: String, Hashable, Sendable {
        /// RCODE 3: nothing at all has this name.
        case noSuchName = "NXDOMAIN"
        /// The name exists, without a record of this type.
        case noSuchRecord = "NODATA"
        /// The name is an alias, and its aliases run in a circle.
        case aliasLoop = "CNAME loop"
        /// The name is an alias of an alias … and we stop after `DNSMessage.aliasLimit` of them.
        case aliasChain = "more than 8 CNAMEs"
    }

    /// What was asked.
    public var question: DNSQuestion
    /// Whom we asked.
    public var server: Endpoint
    /// What came, or what did not.
    public var outcome: Outcome
    /// From the first datagram sent to the answer, or to giving up.
    public var took: Duration
    /// How the answer came, or how we were asking at the end.
    public var transport: Transport
    /// Datagrams or connections that were tried.
    public var attempts: Int
    /// Datagrams that were not an answer to this question: wrong id, question or server.
    public var ignored: Int
    /// The names to which CNAMEs led, in their order: the last one holds the records, or should. Known for absences too.
    public var aliases: [DNSName]
    /// AA: the server answers from a zone of its own.
    public var isAuthoritative = false
    /// Seconds until the first signature of its records ends, by the clock of this machine; negative when one has ended. `nil`
    /// when none came.
    public var signatureLeft: Int?
    /// What a validator made of the same question; `nil` as long as none was asked, or none has answered.
    public var verdict: DNSSECVerdict?
    /// The server answers only without EDNS.
    public var isWithoutEDNS = false
    /// Of the response's header; empty when none came.
    public var flags: HeaderFlags = []
    /// Bytes of the response; 0 when none came.
    public var size = 0
    /// What the server calls itself, NSID of RFC 5001, printable; outside text. Only asked of authoritative servers.
    public var serverID: String?
    /// What the server adds to its error, RFC 8914.
    public var extendedErrors: [ExtendedError] = []

    /// An answer that took one datagram unless said otherwise.
    public init(
        _ question: DNSQuestion, from server: Endpoint, _ outcome: Outcome, took: Duration,
        transport: Transport = .udp, attempts: Int = 1, ignored: Int = 0, aliases: [DNSName] = []
    ) {
        (self.question, self.server, self.outcome, self.took) = (question, server, outcome, took)
        (self.transport, self.attempts, self.ignored, self.aliases) = (transport, attempts, ignored, aliases)
    }

    /// The records of the asked type; empty for every kind of "no answer".
    public var records: [ResourceRecord] {
        guard case .found(let records) = outcome else { return [] }
        return records.filter { $0.type == question.type }
    }

    /// Whether the question is settled: there are records, or certainly none. `false` means that it could not be found out.
    public var isSettled: Bool { outcome.isSettled }

    /// Whether a server sent anything at all.
    public var isSignOfLife: Bool {
        switch outcome {
        case .found, .absent, .refused, .serverFailure, .lame, .otherError, .malformed: true
        case .silent, .unreachable: false
        }
    }
}
