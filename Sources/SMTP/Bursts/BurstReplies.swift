/// Replies of a burst, read for their codes alone: no text, no array, no oddity for each, as there are thousands a second.
struct BurstReplies: Sendable {
    enum Next: Hashable, Sendable {
        /// More bytes are needed.
        case none
        case reply(Int)
        /// A line that is no reply: the connection cannot be trusted any more.
        case junk
    }

    /// RFC 5321 §4.5.3.1.5 allows 512; a line longer than this is no reply.
    private static let longestLine = 64 << 10

    private var bytes: [UInt8] = []
    private var position = 0
    private var line = 0..<0

    mutating func feed(_ new: [UInt8]) {
        if position == bytes.count { bytes = new } else { bytes = Array(bytes[position...]) + new }
        position = 0
    }

    /// The last line of the latest reply, without its end. Outside text.
    var text: String { String(decoding: bytes[line].filter { $0 != 0x0D }.prefix(512), as: UTF8.self) }

    mutating func next() -> Next {
        while true {
            var end = position
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            guard end < bytes.count else { return bytes.count - position > Self.longestLine ? .junk : .none }
            line = position..<end
            position = end + 1
            guard line.count >= 3 else { return .junk }
            var code = 0
            for index in line.lowerBound..<line.lowerBound + 3 {
                guard (48...57).contains(bytes[index]) else { return .junk }
                code = code * 10 + Int(bytes[index]) - 48
            }
            let follows = line.count > 3 ? bytes[line.lowerBound + 3] : 0x20
            guard !(48...57).contains(follows) else { return .junk }
            if follows != UInt8(ascii: "-") { return .reply(code) }
        }
    }
}
