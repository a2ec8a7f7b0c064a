import DNS

/// One query as it was sent, and what a response to it must look like.
struct ExchangeQuery: Sendable {
    let question: DNSQuestion
    let id = UInt16.random(in: 0...UInt16.max)
    let bytes: [UInt8]
    let usesEDNS: Bool
    private let cookie: DNSCookie?

    /// - Parameters:
    ///   - recursion: Whether the server is asked to ask others. One that is not is asked for its own name too (NSID).
    ///   - cookie: For this server; goes only with EDNS.
    init(_ question: DNSQuestion, usesEDNS: Bool, recursion: Bool, cookie: DNSCookie? = nil) {
        (self.question, self.usesEDNS, self.cookie) = (question, usesEDNS, cookie)
        var query = DNSMessage(asking: question, id: id, payloadSize: usesEDNS ? 1232 : nil, recursion: recursion)
        query.wantsSignatures = usesEDNS
        query.cookie = cookie
        query.serverID = recursion ? nil : ""
        bytes = MessageEncoder.bytes(of: query)
    }

    /// Whether the bytes claim to be the response to this query: our id, QR set, and our question, if they hold a question that
    /// can be read. Anything else may be forged, or belong to somebody else. The case of letters may differ.
    func isAnswered(by bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2, UInt16(bytes[0]) << 8 | UInt16(bytes[1]) == id else { return false }
        // Too short to say more: ours by the id, and then broken.
        guard bytes.count >= 12 else { return true }
        guard bytes[2] & 0x80 != 0 else { return false }
        guard let asked = MessageDecoder.question(bytes) else { return true }
        return asked == question
    }

    /// Whether a message that answers by id and question brings somebody else's cookie: then it is not for us, RFC 7873 §5.3.
    /// One without a cookie is taken: many servers have none, and behind one address some may and some may not.
    func isForeign(_ message: DNSMessage) -> Bool {
        guard let cookie, let returned = message.cookie else { return false }
        return returned.client != cookie.client
    }
}
