extension TraceKey {
    /// The identifier under which the server says it accepted a message: the exact join from a session to the server's log.
    ///
    ///     S: 250 ok:  Message 214 accepted                                 (Cisco ESA: the MID)
    ///     S: 250 2.0.0 Ok: queued as 4jX2Q15TbJz2Pshq                      (Postfix)
    ///     S: 250 OK id=1xUr0Z-00001B-2I                                    (Exim)
    ///     S: 250 2.0.0 6ALJkX1Z000107 Message accepted for delivery        (Sendmail, OpenSMTPD)
    ///
    /// - Parameter reply: the text of a 250 reply to the end of DATA, with or without its code.
    /// - Returns: `nil` when no identifier is named.
    public static func named(inReply reply: String) -> TraceKey? {
        let words = reply.split { $0 == " " || $0 == "\r" || $0 == "\n" }
        for (index, word) in words.enumerated() {
            let (next, after) = (words.dropFirst(index + 1).first, words.dropFirst(index + 2).first)
            switch word {
            case "Message" where after == "accepted":
                if let next, let mid = UInt64(next) { return .mid(mid) }
            case "as" where index > 0 && words[index - 1] == "queued":
                if let next { return id(next) }
            case _ where word.hasPrefix("id="): return id(word.dropFirst(3))
            case _ where next == "Message" && after == "accepted": return id(word)
            default: break
            }
        }
        return nil
    }

    private static func id(_ word: Substring) -> TraceKey? {
        let name = word.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return (5...QueueKey.longest).contains(name.utf8.count) ? .queueID(String(name)) : nil
    }
}
