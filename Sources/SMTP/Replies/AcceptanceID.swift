import MailVocabulary

/// The identifier under which a server took a message, as its reply after the final dot says it: what to look for in its log.
public enum AcceptanceID: Hashable, Sendable, CustomStringConvertible {
    /// Message id of a Cisco ESA.
    case mid(UInt64)
    /// Queue id of Postfix, Exim, Sendmail, Exchange and the rest, as sent.
    case queueID(String)

    /// `MID 214`, `4jX2Q15TbJz2Pshq`.
    public var description: String {
        switch self {
        case .mid(let number): "MID \(number)"
        case .queueID(let id): id
        }
    }

    /// All identifiers of the reply, the most telling first; none when it is not positive or names none.
    ///
    ///     S: 250 ok:  Message 214 accepted                         Cisco ESA
    ///     S: 250 2.0.0 Ok: queued as 4jX2Q15TbJz2Pshq              Postfix
    ///     S: 250 OK id=1qAbCd-0001Ef-2G                            Exim
    ///     S: 250 2.0.0 s8P0PBDv017190 Message accepted for delivery   Sendmail, OpenSMTPD
    ///     S: 250 2.6.0 <GUID@host> [InternalId=3512] Queued mail for delivery   Exchange
    ///     S: 250 ok 1700000000 qp 12345                            qmail
    ///     S: 250 Message Queued (6BD2C1E4-1.1)                     Haraka
    ///     S: 250 2.0.0 Message queued with id 3c7f9                Stalwart
    ///     S: 250 SmtpThread-4711-1700000000@mx Received OK [Zx1-yQ.uk1]   Mimecast
    public static func all(in reply: Reply) -> [AcceptanceID] {
        guard reply.isPositive, reply.code.severity == .success else { return [] }
        // An id comes early; a giant line is not searched to its end.
        let text = String(decoding: Array(reply.lines.joined(separator: [UInt8(0x20)]).prefix(1000)), as: UTF8.self)
        let isQueuedMail = text.contains("Queued mail for delivery")
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
        let lower = words.map { $0.lowercased() }
        var ids: [AcceptanceID] = []
        func add(_ id: AcceptanceID?) {
            if let id, !ids.contains(id) { ids.append(id) }
        }
        for (index, word) in lower.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let afterNext = index + 2 < words.count ? lower[index + 2] : ""
            if word == "message", afterNext.hasPrefix("accepted"), let number = UInt64(next) {
                add(.mid(number))
            } else if word == "queued", next.lowercased() == "as", index + 2 < words.count {
                add(queue(named: words[index + 2]))
            } else if word == "message", next.lowercased() == "accepted", afterNext == "for", index > 0 {
                add(queue(named: words[index - 1], mustHaveDigit: true))
            } else if word.hasPrefix("id=") || word.hasPrefix("ids=") {
                add(queue(named: String(words[index].drop { $0 != "=" }.dropFirst())))
            } else if word.hasPrefix("[internalid=") {
                add(queue(named: String(words[index].drop { $0 != "=" }.dropFirst())))
            } else if word == "qp", index > 0, UInt64(next) != nil, UInt64(words[index - 1]) != nil {
                add(.queueID(next))
            } else if word == "-", next == "gsmtp", index > 0 {
                add(queue(named: words[index - 1]))
            } else if word == "queued", next.lowercased() == "with", afterNext == "id", index + 3 < words.count {
                add(queue(named: words[index + 3]))
            } else if word == "queued", next.hasPrefix("("), next.hasSuffix(")") {
                add(queue(named: next, mustHaveDigit: true))
            } else if word == "received", next.lowercased() == "ok", afterNext.hasPrefix("[") {
                add(queue(named: words[index + 2]))
            } else if word.hasPrefix("<"), isQueuedMail {
                add(queue(named: words[index]))
            }
        }
        return ids.filter { $0.isInternalID(lower) } + ids.filter { !$0.isInternalID(lower) }
    }

    private func isInternalID(_ words: [String]) -> Bool {
        words.contains { $0.hasPrefix("[internalid=\(description.lowercased())") }
    }

    private static func queue(named word: String, mustHaveDigit: Bool = false) -> AcceptanceID? {
        let bare = word.drop { "<([".contains($0) }
        let id = bare.prefix { !">)],;".contains($0) }
        guard !id.isEmpty, id.utf8.count <= 200, id.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else { return nil }
        if mustHaveDigit, EnhancedStatusCode(id) != nil || !id.contains(where: \.isNumber) { return nil }
        return .queueID(id.hasSuffix(".") ? String(id.dropLast()) : String(id))
    }
}
