/// One whole SMTP reply, RFC 5321 §4.2, with every byte of it kept as evidence.
public struct Reply: Hashable, Sendable {
    /// The code of the last line.
    public var code: ReplyCode
    /// The text of each line after code and separator, as bytes: nobody promises a charset.
    public var lines: [[UInt8]]
    /// The enhanced status code of the first line that has one, RFC 2034; a leading `#` is tolerated and noted.
    public var status: EnhancedStatusCode?
    /// Everything that was received for this reply, line ends included, up to the keeping limit.
    public var raw: [UInt8]
    /// What deviated.
    public var oddities: [Oddity]
    /// The text as somebody decoded it who knows charsets; `nil` for ASCII and UTF-8, and where the charset is not known.
    public var reading: ReplyReading?

    public init(
        code: ReplyCode, lines: [[UInt8]], status: EnhancedStatusCode? = nil, raw: [UInt8] = [], oddities: [Oddity] = []
    ) {
        (self.code, self.lines, self.status, self.raw, self.oddities) = (code, lines, status, raw, oddities)
    }

    /// The lines as text: as decoded, or else as UTF-8, with what is not UTF-8 replaced. Outside text: print it only through
    /// `PrintableText`.
    public var texts: [String] { reading?.texts ?? lines.map { String(decoding: $0, as: UTF8.self) } }

    /// In which charset the text seems to be; `nil` for ASCII.
    public var charsetGuess: CharsetGuess? {
        guard lines.contains(where: { $0.contains { $0 >= 0x80 || $0 == 0x1B } }) else { return nil }
        return CharsetGuess(lines.joined(separator: [0x0A]).map(\.self))
    }

    /// `550 5.1.1 User unknown`: code and the text of all lines, joined by blanks. Outside text.
    public var summary: String {
        let text = texts.joined(separator: " ")
        return text.isEmpty ? code.description : "\(code) \(text)"
    }

    /// As on the wire, one `code-text` line each, ended by line feeds.
    public var wireText: String {
        guard !lines.isEmpty else { return code.description }
        return texts.enumerated()
            .map { index, text in "\(code)\(index == lines.count - 1 ? " " : "-")\(text)" }
            .joined(separator: "\n")
    }

    /// True when the first digit is 1, 2 or 3 and nothing in the reply contradicts it.
    public var isPositive: Bool {
        code.severity?.isPositive == true && !oddities.contains { $0.kind == .contradictoryCodes }
    }
}
