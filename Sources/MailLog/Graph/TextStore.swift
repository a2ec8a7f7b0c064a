/// The few texts that are kept of a log: addresses, subjects, reasons. Outside text.
struct TextStore: Sendable {
    /// A place in the store.
    struct Reference: Sendable, Hashable {
        fileprivate var packed: UInt64
        static let none = Reference(packed: 0)
        var isEmpty: Bool { packed & 0xFF_FFFF == 0 }
    }

    /// The most that is kept of one text: longer ones are cut, so that no line can fill the memory.
    static let longest = 1024

    private var bytes: [UInt8] = []

    mutating func keep(_ line: Span<UInt8>, _ range: Range<Int>) -> Reference {
        let length = min(range.count, TextStore.longest)
        guard length > 0, bytes.count < 1 << 40 else { return .none }
        let reference = Reference(packed: UInt64(bytes.count) << 24 | UInt64(length))
        for index in range.lowerBound..<(range.lowerBound + length) { bytes.append(line[index]) }
        return reference
    }

    func string(_ reference: Reference) -> String { String(decoding: slice(reference), as: UTF8.self) }

    /// True when the text is what stands in the line.
    func equals(_ reference: Reference, _ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let slice = slice(reference)
        guard slice.count == range.count else { return false }
        for (byte, index) in zip(slice, range) where byte != line[index] { return false }
        return true
    }

    /// True when the text is `other`, upper and lower case ASCII letters being the same.
    func equals(_ reference: Reference, lowercased other: [UInt8]) -> Bool {
        let slice = slice(reference)
        return slice.count == other.count && zip(slice, other).allSatisfy { TextStore.lower($0) == $1 }
    }

    /// True when `other`, given in lower case, stands somewhere in the text.
    func contains(_ reference: Reference, lowercased other: [UInt8]) -> Bool {
        let slice = slice(reference)
        guard !other.isEmpty, slice.count >= other.count else { return false }
        return (slice.startIndex...(slice.endIndex - other.count)).contains { start in
            zip(slice[start...], other).allSatisfy { TextStore.lower($0) == $1 }
        }
    }

    /// True when the domain of the mail address is `domain`, given in lower case; of a host name, what follows a dot.
    func endsInDomain(_ reference: Reference, _ domain: [UInt8], after mark: UInt8 = 0x40) -> Bool {
        let slice = slice(reference)
        guard slice.count > domain.count, slice[slice.endIndex - domain.count - 1] == mark else { return false }
        return zip(slice.suffix(domain.count), domain).allSatisfy { TextStore.lower($0) == $1 }
    }

    func slice(_ reference: Reference) -> ArraySlice<UInt8> {
        let start = Int(reference.packed >> 24)
        return bytes[start..<(start + Int(reference.packed & 0xFF_FFFF))]
    }

    static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
