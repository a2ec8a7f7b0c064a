/// Reads what `ByteWriter` wrote; whatever else stands there gives nothing, and never more than there is room for.
public struct ByteReader {
    private let bytes: [UInt8]
    private var place = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    @inline(__always)
    mutating func number() -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }

    /// How many things follow: each takes a byte at least.
    mutating func count() -> Int? {
        guard let number = number(), number <= UInt64(bytes.count) else { return nil }
        return Int(number)
    }

    /// Eight bytes, or fewer, the lowest first.
    public mutating func word(bytes count: Int = 8) -> UInt64? {
        guard bytes.count - place >= count else { return nil }
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(bytes[place + index]) << UInt64(index * 8) }
        place += count
        return word
    }

    mutating func step(from last: UInt32) -> UInt32? { number().flatMap { ByteReader.step($0, from: last) } }

    mutating func markedStep(from last: UInt32) -> (next: UInt32, mark: Bool)? {
        guard let code = number(), let next = ByteReader.step(code >> 1, from: last) else { return nil }
        return (next, code & 1 == 1)
    }

    private static func step(_ code: UInt64, from last: UInt32) -> UInt32? {
        UInt32(exactly: Int64(last) &+ (Int64(bitPattern: code >> 1) ^ -Int64(code & 1)))
    }

    mutating func ascending() -> [UInt64]? {
        guard let count = count() else { return nil }
        var (numbers, last) = ([UInt64](), UInt64(0))
        numbers.reserveCapacity(count)
        for _ in 0..<count {
            guard let distance = number() else { return nil }
            let (next, isTooFar) = last.addingReportingOverflow(distance)
            if isTooFar { return nil }
            last = next
            numbers.append(last)
        }
        return numbers
    }

    mutating func pairs() -> [UInt64]? {
        guard let count = count() else { return nil }
        var (pairs, last) = ([UInt64](), UInt64(0))
        pairs.reserveCapacity(count)
        for _ in 0..<count {
            guard let one = step(from: UInt32(last >> 32)),
                let other = step(from: UInt32(truncatingIfNeeded: last))
            else { return nil }
            last = UInt64(one) << 32 | UInt64(other)
            pairs.append(last)
        }
        return pairs
    }
}
