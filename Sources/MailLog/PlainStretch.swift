/// How far lines can be shown as they stand in the log: printable ASCII, nothing that could be a secret, nothing to unpack.
public enum PlainStretch {
    /// The place of the first byte at or after `start` for which its line has to be looked at; `bytes.count` when there is none.
    ///
    /// Eight bytes at a time, each beside the one two places on: what `LogSecrets` and `JournalObject` read has `auth`, `: '`,
    /// `d="` or `":"` in it. A line that is stopped at may turn out harmless.
    public static func end(in bytes: Span<UInt8>, from start: Int = 0) -> Int {
        var index = start
        while index >= 0, index &+ 10 <= bytes.count {
            let (word, next) = (bytes.word(at: index), bytes.word(at: index &+ 2))
            let odd = isOdd(word, next)
            if odd != 0 {
                let place = index &+ odd.trailingZeroBitCount &>> 3
                if isSuspect(bytes, place) { return place }
                index = place &+ 1
            } else {
                index &+= 8
            }
        }
        while index < bytes.count {
            if isSuspect(bytes, index) { return index }
            index += 1
        }
        return bytes.count
    }

    /// The highest bit of each byte that is worth a look, and perhaps of some above such a byte.
    @inline(__always)
    private static func isOdd(_ word: UInt64, _ next: UInt64) -> UInt64 {
        // Below a blank but no line feed; above the tilde.
        let isControl = ~(word &+ all(0x60)) & ((word ^ all(0x0A)) &+ all(0x7F))
        let isUnprintable = isControl | word | (word &+ all(0x01))
        let isAuth = zero(((word | all(0x20)) ^ all(0x75)) | ((next | all(0x20)) ^ all(0x68)))  // u?h
        let isAnswer = zero((word ^ all(0x3A)) | (next ^ all(0x27)))  // :?'
        let isQuoted = zero(((word & all(0xB9)) ^ all(0x20)) | (next ^ all(0x22)))  // d?" and "?"
        return (isUnprintable | isAuth | isAnswer | isQuoted) & all(0x80)
    }

    /// The byte eight times.
    @inline(__always)
    private static func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// The highest bit of each byte that is zero, and perhaps of some above such a byte.
    @inline(__always)
    private static func zero(_ word: UInt64) -> UInt64 { (word &- all(1)) & ~word }

    /// The same of one byte, exactly.
    private static func isSuspect(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
        let byte = bytes[place]
        if byte == 0x0A { return false }
        if byte < 0x20 || byte > 0x7E { return true }
        guard place + 2 < bytes.count else { return false }
        switch byte {
        case 0x55, 0x75:  // AUTH and a blank
            return place > 0 && bytes[place - 1] | 0x20 == 0x61 && bytes[place + 1] | 0x20 == 0x74
                && bytes[place + 2] | 0x20 == 0x68 && place + 3 < bytes.count && bytes[place + 3] == 0x20
        case 0x3A: return bytes[place + 1] == 0x20 && bytes[place + 2] == 0x27
        case 0x64: return bytes[place + 1] == 0x3D && bytes[place + 2] == 0x22
        case 0x22: return bytes[place + 1] == 0x3A && bytes[place + 2] == 0x22
        default: return false
        }
    }
}
