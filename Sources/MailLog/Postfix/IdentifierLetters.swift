/// The letters and digits that eight bytes of a line begin with.
struct IdentifierLetters {
    /// How many, up to eight.
    let count: Int
    /// True when there are only digits and `A` to `F` among them.
    let isHexadecimal: Bool
    let hasDigit: Bool
}

extension UInt64 {
    /// What the eight bytes, the first one lowest, begin with: told for all of them at once, the highest bit of each byte being
    /// the answer for it.
    @inline(__always)
    var identifierLetters: IdentifierLetters {
        let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        // Seven bits of each, so that no sum reaches the next byte; a byte with the eighth bit is no letter.
        let bytes = self & ~tops
        // At least `0`, and not beyond `9`; at least `a` or `A`, and not beyond `z` or `Z`.
        let digits = (bytes &+ ones &* 0x50) & ~(bytes &+ ones &* 0x46) & ~self & tops
        let small = bytes | ones &* 0x20
        let letters = (small &+ ones &* 0x1F) & ~(small &+ ones &* 0x05) & ~self & tops
        let length = (~(digits | letters) & tops).trailingZeroBitCount &>> 3
        let among = length == 8 ? UInt64.max : (1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1
        // Beyond `F`.
        let others = (bytes &+ ones &* 0x39) & among & tops
        return IdentifierLetters(count: length, isHexadecimal: others == 0, hasDigit: digits & among != 0)
    }
}
