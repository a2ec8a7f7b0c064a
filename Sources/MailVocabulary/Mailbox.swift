/// A `local-part@domain`, RFC 5321 §4.1.2, kept as it was typed.
public struct Mailbox: Hashable, Sendable, CustomStringConvertible {
    public var localPart: String
    /// A domain, or an address literal with its brackets.
    public var domain: String

    public init(localPart: String, domain: String) { (self.localPart, self.domain) = (localPart, domain) }

    /// Reads `user@domain`, with or without angle brackets. The last `@` divides; both sides must be there, and no control
    /// character or angle bracket may be inside, because those would become another command or parameter on the wire.
    public init?(_ text: some StringProtocol) {
        var text = Substring(text)
        if text.first == "<", text.last == ">" { text = text.dropFirst().dropLast() }
        guard let at = text.lastIndex(of: "@") else { return nil }
        let (local, domain) = (text[..<at], text[text.index(after: at)...])
        guard !local.isEmpty, !domain.isEmpty,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "<" && $0 != ">" })
        else { return nil }
        self.init(localPart: String(local), domain: String(domain))
    }

    public var description: String { "\(localPart)@\(domain)" }
}
