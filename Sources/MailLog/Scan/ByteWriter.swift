/// Writes numbers as few bytes.
public struct ByteWriter {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    @inline(__always)
    mutating func number(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Eight bytes, or fewer, the lowest first.
    public mutating func word(_ word: UInt64, bytes count: Int = 8) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(place * 8))) }
    }

    /// How far it is from one number to the next, in either direction.
    mutating func step(from last: UInt32, to next: UInt32) { number(ByteWriter.step(from: last, to: next)) }

    /// The same, with a mark of the caller's.
    mutating func step(from last: UInt32, to next: UInt32, mark: Bool) {
        number(ByteWriter.step(from: last, to: next) << 1 | (mark ? 1 : 0))
    }

    private static func step(from last: UInt32, to next: UInt32) -> UInt64 {
        let distance = Int64(next) - Int64(last)
        return UInt64(bitPattern: distance << 1 ^ distance >> 63)
    }

    /// Numbers of which none is smaller than the one before.
    mutating func ascending(_ numbers: [UInt64]) {
        number(UInt64(numbers.count))
        var last: UInt64 = 0
        for next in numbers {
            number(next &- last)
            last = next
        }
    }

    /// Words of two identities each.
    mutating func pairs(_ pairs: [UInt64]) {
        number(UInt64(pairs.count))
        var last: UInt64 = 0
        for pair in pairs {
            step(from: UInt32(last >> 32), to: UInt32(pair >> 32))
            step(from: UInt32(truncatingIfNeeded: last), to: UInt32(truncatingIfNeeded: pair))
            last = pair
        }
    }
}
