/// How the bytes of a part are written for the way, RFC 2045 §6.
public enum TransferEncoding: String, Hashable, Sendable, CaseIterable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case binary
    case quotedPrintable = "quoted-printable"
    case base64

    /// What a server lets through: 7 bits always, 8 bits with 8BITMIME, anything with BINARYMIME and CHUNKING.
    public enum Transparency: Int, Hashable, Sendable, Comparable {
        case sevenBit, eightBit, binary

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// What these bytes need to arrive as they are: lines of at most 998 octets ended by CRLF, no NUL, 7 bits or 8.
        static func needed(by bytes: [UInt8]) -> Transparency {
            var isForeign = false
            var length = 0
            var previous: UInt8 = 0
            for byte in bytes {
                if byte >= 0x80 { isForeign = true }
                if byte == 0x0A {
                    guard previous == 0x0D else { return .binary }
                    length = 0
                } else {
                    guard previous != 0x0D, byte != 0 else { return .binary }
                    if byte != 0x0D { length += 1 }
                    guard length <= HeaderText.longestLine else { return .binary }
                }
                previous = byte
            }
            if previous == 0x0D { return .binary }
            return isForeign ? .eightBit : .sevenBit
        }
    }

    /// The plainest encoding in which `content` passes a server of that transparency: readable text stays readable.
    static func suited(to content: ContentSurvey, isText: Bool, _ transparency: Transparency) -> TransferEncoding {
        let needed = content.transparency
        if isText || transparency == .binary {
            guard needed > transparency else {
                return needed == .sevenBit ? .sevenBit : needed == .eightBit ? .eightBit : .binary
            }
        }
        guard isText else { return .base64 }
        return content.quotedCost <= content.octets * 4 / 3 ? .quotedPrintable : .base64
    }

    /// `content` as it goes into the message.
    func encode(_ content: [UInt8]) -> [UInt8] {
        switch self {
        case .sevenBit, .eightBit, .binary: return content
        case .quotedPrintable: return QuotedPrintable.encode(content)
        case .base64:
            var text: [UInt8] = []
            var lines = Base64Lines()
            lines.write(content, to: &text)
            lines.finish(&text)
            return text
        }
    }
}
