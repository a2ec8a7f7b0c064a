/// A whole message, RFC 1035 §4, with what a client of ours and the lab's server read of it. Only class IN is kept.
public struct DNSMessage: Hashable, Sendable {
    /// CNAMEs that are followed from one question.
    public static let aliasLimit = 8

    /// The number by which query and response find each other.
    public var id: UInt16
    /// QR: a response, not a query.
    public var isResponse: Bool
    /// AA: the server is an authority for the name.
    public var isAuthoritative: Bool
    /// TC: there is more than a datagram holds; ask again by TCP.
    public var isTruncated: Bool
    /// RD: whoever is asked should ask others.
    public var recursionDesired: Bool
    /// RA: the server does ask others.
    public var recursionAvailable: Bool
    /// RCODE, with the upper bits of EDNS (RFC 6891 §6.1.3): 0 no error, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED.
    public var rcode: Int
    /// The first question; `nil` if the message holds none, as some error responses do.
    public var question: DNSQuestion?
    /// The answer section, in the order sent.
    public var answers: [ResourceRecord]
    /// The authority section.
    public var authority: [ResourceRecord]
    /// The additional section without the OPT record.
    public var additional: [ResourceRecord]
    /// Bytes of UDP payload that the sender takes (EDNS, RFC 6891 §6.2.3); `nil` without EDNS.
    public var payloadSize: UInt16?
    /// DO: signatures are wanted too, RFC 3225 §3. Only with EDNS.
    public var wantsSignatures = false
    /// AD: the server says that it has validated, RFC 4035 §3.2.3.
    public var isAuthenticData = false
    /// The proof of who speaks, RFC 7873. Only with EDNS.
    public var cookie: DNSCookie?
    /// NSID, RFC 5001: the server's name of itself, printable; empty in a query that asks for it. Only with EDNS.
    public var serverID: String?
    /// What the server adds to its RCODE, RFC 8914.
    public var extendedErrors: [ExtendedError] = []

    /// A query for one question, asking for recursion unless said otherwise.
    public init(asking question: DNSQuestion, id: UInt16, payloadSize: UInt16? = 1232, recursion: Bool = true) {
        self.init(id: id, question: question)
        (recursionDesired, self.payloadSize) = (recursion, payloadSize)
    }

    /// The response to a query, still empty: same id and question, as from a resolver.
    public init(answering query: DNSMessage, rcode: Int = 0) {
        self.init(id: query.id, question: query.question)
        (isResponse, recursionDesired, recursionAvailable) = (true, query.recursionDesired, true)
        self.rcode = rcode
        payloadSize = query.payloadSize == nil ? nil : 1232
    }

    /// As they stand in the header.
    var flags: HeaderFlags {
        var flags: HeaderFlags = []
        if isAuthoritative { flags.insert(.authoritative) }
        if isTruncated { flags.insert(.truncated) }
        if recursionDesired { flags.insert(.recursionDesired) }
        if recursionAvailable { flags.insert(.recursionAvailable) }
        if isAuthenticData { flags.insert(.authenticData) }
        return flags
    }

    /// The options of the OPT record that are written.
    var options: [EDNSOption] {
        var options: [EDNSOption] = []
        if let serverID { options.append(EDNSOption(code: EDNSOption.serverID, data: Array(serverID.utf8))) }
        if let cookie { options.append(EDNSOption(code: EDNSOption.cookie, data: cookie.bytes)) }
        return options
    }

    /// Takes what the options of an OPT record say.
    mutating func read(_ options: [EDNSOption]) {
        for option in options {
            switch option.code {
            case EDNSOption.serverID:
                serverID = PresentationText.escaped(option.data.prefix(64), also: 0x5C, keepingSpaces: true)
            case EDNSOption.cookie:
                cookie = DNSCookie(option.data)
            default:
                extendedErrors += [ExtendedError(option)].compactMap { $0 }
            }
        }
    }

    init(id: UInt16, question: DNSQuestion?) {
        (self.id, self.question, rcode, payloadSize) = (id, question, 0, nil)
        (isResponse, isAuthoritative, isTruncated) = (false, false, false)
        (recursionDesired, recursionAvailable) = (false, false)
        (answers, authority, additional) = ([], [], [])
    }
}
