/// A message from a file that is sent unchanged: line ends, header and all.
public struct RawMessage: Hashable, Sendable {
    public let content: Content
    /// What is known of it: looked at once, as screens ask for it again and again.
    public let survey: ContentSurvey
    /// A dot at the beginning of a line is doubled, as RFC 5321 §4.5.2 wants it. Without that a line that is one dot ends the message.
    public var isStuffed: Bool

    public init(_ bytes: [UInt8], isStuffed: Bool = true) { self.init(.octets(bytes), isStuffed: isStuffed) }

    public init(_ content: Content, isStuffed: Bool = true) {
        (self.content, self.isStuffed) = (content, isStuffed)
        survey = content.survey(isText: false)
    }

    /// How many lines end with LF alone or CR alone: they go out as they are, and many servers refuse them.
    public var bareLineEnds: Int { survey.bareLineEnds }

    /// A dot stands alone between line ends that not every server reads the same way: some would end the message there and take the
    /// rest for commands. Only with a confirmation of its own does such a file go out.
    public var mayEndEarly: Bool {
        isStuffed ? survey.mayEndEarly.stuffed : survey.mayEndEarly.unstuffed
    }

    /// The same text with CRLF at the end of every line.
    public var canonical: RawMessage { RawMessage(content.canonical, isStuffed: isStuffed) }

    /// The value of the first header field of that name, unfolded; `nil` when the header has none. Outside text.
    public func field(_ name: String) -> String? {
        var value: String?
        for line in survey.head.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { break }
            let isContinued = line.first == 0x20 || line.first == 0x09
            if isContinued, let begun = value {
                value = begun + " " + String(decoding: line.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
                continue
            }
            if value != nil { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                String(decoding: line[..<colon], as: UTF8.self).lowercased() == name.lowercased()
            else { continue }
            value = String(decoding: line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
        }
        return value
    }
}
