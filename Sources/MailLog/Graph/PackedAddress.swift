import MailVocabulary

/// An IP address without an allocation.
struct PackedAddress: Hashable, Sendable {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// 4 or 16 bytes; 0 when there is no address.
    var size: UInt8 = 0

    init() {}

    init(_ address: IPAddress) {
        size = UInt8(address.bytes.count)
        for (place, byte) in address.bytes.enumerated() {
            if address.isV6, place < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
    }

    /// Reads dotted decimal on the spot and leaves the rest to `IPAddress`.
    init?(_ line: Span<UInt8>, _ range: Range<Int>) {
        var (index, value) = (range.lowerBound, UInt64(0))
        for part in 0..<4 {
            guard index < range.upperBound, let number = line.number(at: index), number.value < 256,
                number.end - index <= 3, number.end <= range.upperBound
            else { break }
            (value, index) = (value << 8 | number.value, number.end)
            if part == 3, index == range.upperBound {
                (low, size) = (value, 4)
                return
            }
            guard index < range.upperBound, line[index] == 0x2E else { break }
            index += 1
        }
        guard range.count <= 45, let address = IPAddress(line.string(range)) else { return nil }
        self = PackedAddress(address)
    }

    var address: IPAddress? {
        var bytes: [UInt8] = []
        if size == 16 { for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(high >> shift & 255)) } }
        for shift in stride(from: size == 16 ? 56 : 24, through: 0, by: -8) { bytes.append(UInt8(low >> shift & 255)) }
        return size == 0 ? nil : IPAddress(bytes: bytes)
    }
}
