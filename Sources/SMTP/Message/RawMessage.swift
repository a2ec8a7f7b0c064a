/// A message from a file that is sent unchanged: line ends, header and all.
public struct RawMessage: Hashable, Sendable {
    public var bytes: [UInt8]
    /// A dot at the beginning of a line is doubled, as RFC 5321 §4.5.2 wants it. Without that a line that is one dot ends the message.
    public var isStuffed: Bool

    public init(_ bytes: [UInt8], isStuffed: Bool = true) { (self.bytes, self.isStuffed) = (bytes, isStuffed) }

    /// How many lines end with LF alone or CR alone: they go out as they are, and many servers refuse them.
    public var bareLineEnds: Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A, previous != 0x0D { count += 1 }
            if previous == 0x0D, byte != 0x0A { count += 1 }
            previous = byte
        }
        return count + (previous == 0x0D ? 1 : 0)
    }

    /// A dot stands alone between line ends that not every server reads the same way: some would end the message there and take the
    /// rest for commands. Only with a confirmation of its own does such a file go out.
    public var mayEndEarly: Bool {
        for place in bytes.indices where bytes[place] == UInt8(ascii: ".") {
            let before = bytes[..<place].suffix(3).filter { $0 != 0 }
            let after = bytes[(place + 1)...].prefix(3).filter { $0 != 0 }
            let opens = place == 0 || before.last == 0x0A || before.last == 0x0D
            guard opens, after.first == 0x0A || after.first == 0x0D else { continue }
            let isProper = place == 0 || bytes[..<place].suffix(2).elementsEqual([0x0D, 0x0A])
            // Between two CRLF the second dot keeps it inside the message.
            let isClosed = bytes[(place + 1)...].prefix(2).elementsEqual([0x0D, 0x0A])
            if !(isStuffed && isProper && isClosed) { return true }
        }
        return false
    }

    /// The same text with CRLF at the end of every line.
    public var canonical: RawMessage { RawMessage(DotStuffing.canonical(bytes), isStuffed: isStuffed) }

    /// The value of the first header field of that name, unfolded; `nil` when the header has none. Outside text.
    public func field(_ name: String) -> String? {
        var value: String?
        for line in bytes.prefix(256 << 10).split(separator: 0x0A, omittingEmptySubsequences: false) {
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
