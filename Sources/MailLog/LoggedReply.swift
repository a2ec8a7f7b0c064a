/// Finds the SMTP reply that a log line quotes, and gives it back as it was on the wire, lines joined by blanks.
enum LoggedReply {
    /// In the gateway's words: `5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []` gives `550 5.1.1 User unknown`,
    /// `… error 501-'5.5.4 Invalid Address'` gives `501 5.5.4 Invalid Address`. Nothing for code 000: there was no reply.
    static func gateway(_ words: String) -> String? {
        guard let (code, text) = tuple(words) else { return nil }
        return code == "000" ? nil : "\(code) \(text)"
    }

    /// The same for people: with no reply, the reason and what the gateway noted: `Other network problem: [Errno 54] …`.
    static func gatewayDetail(_ words: String) -> String {
        guard let (code, text) = tuple(words) else { return words }
        if code != "000" { return "\(code) \(text)" }
        let reason = words.firstRange(of: " ('").map { words[..<$0.lowerBound] } ?? words[...]
        let plain = reason.firstRange(of: " - ").map { reason[$0.upperBound...] } ?? reason
        return text.isEmpty ? String(plain) : "\(plain): \(text)"
    }

    /// In Postfix's words: `host mx[192.0.2.1] said: 550 5.1.1 … (in reply to RCPT TO command)`, `250 2.0.0 Ok: queued as X`.
    static func postfix(_ words: String) -> String? {
        let label = words.firstRange(of: " said: ") ?? words.firstRange(of: " refused to talk to me: ")
        let quoted = label.map { words[$0.upperBound...] } ?? words[...]
        let code = quoted.utf8.prefix(3)
        guard code.count == 3, code.allSatisfy({ (48...57).contains($0) }), "245".utf8.contains(code.first ?? 0),
            quoted.utf8.dropFirst(3).first.map({ $0 == 0x20 || $0 == 0x2D }) ?? true
        else { return nil }
        let end = quoted.firstRange(of: " (in reply to ")?.lowerBound ?? quoted.endIndex
        return String(quoted[..<end])
    }

    /// The code and the joined lines of `('550', ['one', "two's"])` or `550-'one'`.
    private static func tuple(_ words: String) -> (code: String, text: String)? {
        if let open = words.firstRange(of: " ('")
            ?? (words.hasPrefix("('") ? words.startIndex..<words.index(words.startIndex, offsetBy: 2) : nil)
        {
            let code = words[open.upperBound...].prefix(3)
            guard isCode(code) else { return nil }
            let rest = words[open.upperBound...].dropFirst(3)
            guard rest.hasPrefix("', [") else { return nil }
            return (String(code), strings(rest.dropFirst(4)).joined(separator: " "))
        }
        guard let dash = words.firstRange(of: "-'") ?? words.firstRange(of: "-\"") else { return nil }
        let code = words[..<dash.lowerBound].suffix(3)
        guard isCode(code) else { return nil }
        let text = strings(words[words.index(after: dash.lowerBound)...] + "]")
        return text.isEmpty ? nil : (String(code), text[0])
    }

    private static func isCode(_ text: Substring) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// The strings of a Python list up to its closing bracket: either quote, `\'`, `\n` and the like inside.
    private static func strings(_ text: some StringProtocol) -> [String] {
        var (found, current, quote, escaped) = ([String](), [UInt8](), UInt8(0), false)
        for byte in text.utf8 {
            if quote == 0 {
                if byte == 0x5D { break }
                if byte == 0x27 || byte == 0x22 { quote = byte }
            } else if escaped {
                current.append([0x6E: 0x20, 0x72: 0x20, 0x74: 0x20][byte] ?? byte)
                escaped = false
            } else if byte == 0x5C {
                escaped = true
            } else if byte == quote {
                found.append(String(decoding: current, as: UTF8.self))
                (current, quote) = ([], 0)
            } else {
                current.append(byte)
            }
        }
        return found
    }
}
