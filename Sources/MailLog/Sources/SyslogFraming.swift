/// Cuts a TCP stream of syslog messages into messages (RFC 6587 §3.4), however the bytes arrive.
///
/// Both framings may follow each other in one stream: a message that begins with a digit other than 0 has its length before
/// it (octet counting), any other one ends at a line feed or NUL.
public struct SyslogFraming: Sendable {
    /// The most bytes of one message; what is behind is thrown away and counted in `cutCount`.
    public static let cap = 1 << 16

    private var waiting: [UInt8] = []
    /// Bytes of a message that are still to be thrown away; all up to the next line feed when it is negative.
    private var surplus = 0
    /// Messages that were too long and were cut.
    public private(set) var cutCount = 0

    public init() {}

    /// The messages that are complete with these bytes; empty ones are left out.
    public mutating func messages(_ bytes: [UInt8]) -> [[UInt8]] {
        waiting += bytes
        var messages: [[UInt8]] = []
        var start = 0
        while let (message, end) = message(from: start) {
            if !message.isEmpty { messages.append(message) }
            start = end
        }
        waiting.removeFirst(start)
        return messages
    }

    /// The last message when the connection ended without its line feed or before its length; afterwards nothing waits.
    public mutating func finish() -> [UInt8]? {
        defer { (waiting, surplus) = ([], 0) }
        guard surplus == 0, !waiting.isEmpty else { return nil }
        if let counted = counted(from: 0) { return Array(waiting[min(counted.begin, waiting.count)...]) }
        return waiting
    }

    private mutating func message(from start: Int) -> (message: [UInt8], end: Int)? {
        if surplus != 0 { return skip(from: start) }
        guard start < waiting.count else { return nil }
        if let (length, begin) = counted(from: start) {
            let kept = min(length, Self.cap)
            guard waiting.count - begin >= kept else { return nil }
            if length > kept { (surplus, cutCount) = (length - kept, cutCount + 1) }
            return (trimmed(waiting[begin..<(begin + kept)]), begin + kept)
        }
        if isPerhapsCounted(from: start) { return nil }
        if let end = waiting[start...].firstIndex(where: { $0 == 0x0A || $0 == 0 }) {
            return (trimmed(waiting[start..<end]), end + 1)
        }
        guard waiting.count - start >= Self.cap else { return nil }
        (surplus, cutCount) = (-1, cutCount + 1)
        return (Array(waiting[start..<(start + Self.cap)]), start + Self.cap)
    }

    private mutating func skip(from start: Int) -> (message: [UInt8], end: Int)? {
        guard start < waiting.count else { return nil }
        if surplus > 0 {
            let gone = min(surplus, waiting.count - start)
            surplus -= gone
            return ([], start + gone)
        }
        guard let end = waiting[start...].firstIndex(of: 0x0A) else { return ([], waiting.count) }
        surplus = 0
        return ([], end + 1)
    }

    /// `123 ` at `start`: the length, and where the message begins.
    private func counted(from start: Int) -> (length: Int, begin: Int)? {
        guard start < waiting.count, (0x31...0x39).contains(waiting[start]) else { return nil }
        var (index, length) = (start, 0)
        while index < waiting.count, index - start < 9, (0x30...0x39).contains(waiting[index]) {
            length = length * 10 + Int(waiting[index] - 0x30)
            index += 1
        }
        guard index < waiting.count, waiting[index] == 0x20 else { return nil }
        return (length, index + 1)
    }

    /// True while only digits of a length are there.
    private func isPerhapsCounted(from start: Int) -> Bool {
        let rest = waiting[start...]
        return rest.count < 9 && rest.first != 0x30 && rest.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func trimmed(_ message: ArraySlice<UInt8>) -> [UInt8] {
        var end = message.endIndex
        while end > message.startIndex, [0x0A, 0x0D, 0].contains(message[end - 1]) { end -= 1 }
        return Array(message[message.startIndex..<end])
    }
}
