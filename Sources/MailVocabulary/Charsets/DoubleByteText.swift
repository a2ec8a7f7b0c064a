/// Bytes read in a charset of East Asia, where most characters are two bytes.
struct DoubleByteText {
    let likeness: Int?

    /// What a charset makes of bytes.
    struct Form {
        /// The bytes that begin a pair.
        let leads: [ClosedRange<UInt8>]
        let trails: [ClosedRange<UInt8>]
        /// Of a byte of the upper half that stands alone; `nil` where none does.
        let single: @Sendable (UInt8) -> Int?
        let weight: @Sendable (UInt16) -> Int
    }

    init(_ bytes: ArraySlice<UInt8>, in form: Form) {
        var sum = LikenessSum()
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            guard byte >= 0x80 else { continue }
            if let weight = form.single(byte) {
                sum.add(weight)
                continue
            }
            guard form.leads.contains(where: { $0.contains(byte) }) else {
                sum.fail()
                break
            }
            // The end of the text may have cut a pair in two.
            guard index < bytes.endIndex else { break }
            let trail = bytes[index]
            index += 1
            if trail < 0x40, form.isFourByte(byte, trail, bytes[index...]) {
                sum.add(5, bytes: 4)
                index += 2
            } else if form.trails.contains(where: { $0.contains(trail) }) {
                sum.add(form.weight(UInt16(byte) << 8 | UInt16(trail)), bytes: 2)
            } else {
                sum.fail()
                break
            }
        }
        likeness = sum.likeness
    }
}

extension DoubleByteText.Form {
    /// GB 18030 goes on with a digit, a byte of the upper half and another digit.
    fileprivate func isFourByte(_ lead: UInt8, _ second: UInt8, _ rest: ArraySlice<UInt8>) -> Bool {
        guard leads.first == 0x81...0xFE, (0x30...0x39).contains(second), let third = rest.first,
            let fourth = rest.dropFirst().first
        else { return false }
        return (0x81...0xFE).contains(third) && (0x30...0x39).contains(fourth)
    }
}
