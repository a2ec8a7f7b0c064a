/// The replies that a question is about: one code, or all of a class (RFC 5321 §4.2.1, RFC 3463 §2).
struct ReplyPattern {
    private enum Kind {
        /// `550`, `5.1.1`
        case code(Substring)
        /// `5xx`, `5yz`, `5`: a basic code's first digit, or an enhanced one's.
        case severity(Character)
        /// `5.7`, `5.7.x`: with the last dot.
        case subject(String)
    }

    private let kind: Kind

    /// - Returns: nothing for text that is no code.
    init?(_ text: String) {
        let text = text.lowercased()
        guard let first = text.first, "2345".contains(first) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 1 {
            let rest = text.dropFirst()
            if ["", "xx", "yz"].contains(rest) {
                kind = .severity(first)
            } else if text.utf8.count == 3, rest.allSatisfy({ "0123456789".contains($0) }) {
                kind = .code(text[...])
            } else {
                return nil
            }
            return
        }
        guard parts[0].utf8.count == 1, parts.count <= 3 else { return nil }
        func isNumber(_ part: Substring) -> Bool {
            (1...3).contains(part.utf8.count) && part.allSatisfy { "0123456789".contains($0) }
        }
        switch (parts[1], parts.count == 3 ? parts[2] : "x") {
        case ("x", "x"): kind = .severity(first)
        case (let subject, "x") where isNumber(subject): kind = .subject("\(first).\(subject).")
        case (let subject, let detail) where isNumber(subject) && isNumber(detail): kind = .code(text[...])
        case _: return nil
        }
    }

    /// Whether this word of a reply is such a code.
    func matches(_ word: Substring) -> Bool {
        switch kind {
        case .code(let code): return word == code
        case .subject(let start): return word.hasPrefix(start)
        case .severity(let digit):
            guard word.first == digit else { return false }
            let rest = word.dropFirst()
            return rest.first == "."
                ? rest.dropFirst().contains(".") && rest.allSatisfy { ".0123456789".contains($0) }
                : word.utf8.count == 3 && rest.allSatisfy { "0123456789".contains($0) }
        }
    }
}
