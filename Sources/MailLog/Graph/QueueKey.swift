/// A queue id of up to 32 bytes on a host, held without an allocation.
struct QueueKey: Hashable, Sendable {
    var host: UInt32
    private var length: UInt8
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    static let longest = 32

    init(_ line: Span<UInt8>, _ range: Range<Int>, host: UInt32) {
        (self.host, length) = (host, UInt8(min(range.count, QueueKey.longest)))
        for (place, index) in range.prefix(QueueKey.longest).enumerated() {
            let part = UInt64(line[index]) << UInt64(place % 8 * 8)
            switch place / 8 {
            case 0: words.0 |= part
            case 1: words.1 |= part
            case 2: words.2 |= part
            default: words.3 |= part
            }
        }
    }

    var text: String {
        let all = [words.0, words.1, words.2, words.3]
        let bytes = (0..<Int(length)).map { UInt8(truncatingIfNeeded: all[$0 / 8] >> UInt64($0 % 8 * 8)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func == (left: QueueKey, right: QueueKey) -> Bool {
        left.words == right.words && left.length == right.length && left.host == right.host
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        if length > 16 {
            hasher.combine(words.2)
            hasher.combine(words.3)
        }
        hasher.combine(host)
    }
}
