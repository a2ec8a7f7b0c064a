/// Bytes read as Russian in one of its charsets: words of nothing but Cyrillic letters, small ones behind the first.
struct CyrillicText {
    let likeness: Int?

    /// Where the letters are.
    struct Alphabet {
        let small: ClosedRange<UInt8>
        let capital: ClosedRange<UInt8>
        let smallYo: UInt8
        let capitalYo: UInt8
        /// The letters that make up two thirds of a Russian text, small.
        let common: Set<UInt8>
        /// From a capital to its small letter.
        let toSmall: @Sendable (UInt8) -> UInt8

        /// RFC 1489.
        static let koi8R = Alphabet(
            small: 0xC0...0xDF, capital: 0xE0...0xFF, smallYo: 0xA3, capitalYo: 0xB3,
            common: [0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4, 0xD3, 0xD2, 0xD7, 0xCC, 0xCB, 0xC4], toSmall: { $0 - 0x20 })
        static let windows1251 = Alphabet(
            small: 0xE0...0xFF, capital: 0xC0...0xDF, smallYo: 0xB8, capitalYo: 0xA8,
            common: [0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2, 0xF1, 0xF0, 0xE2, 0xEB, 0xEA, 0xE4], toSmall: { $0 + 0x20 })

        func isSmall(_ byte: UInt8) -> Bool { small.contains(byte) || byte == smallYo }
        func isLetter(_ byte: UInt8) -> Bool { isSmall(byte) || capital.contains(byte) || byte == capitalYo }
    }

    init(_ bytes: ArraySlice<UInt8>, in alphabet: Alphabet) {
        var sum = LikenessSum()
        var before: UInt8 = 0x20
        for byte in bytes {
            defer { before = byte }
            guard byte >= 0x80 else {
                // A letter of ASCII behind a Cyrillic one: no word has both.
                if alphabet.isLetter(before), (0x61...0x7A).contains(byte | 0x20) { sum.add(0) }
                continue
            }
            sum.add(Self.weight(of: byte, after: before, alphabet))
        }
        likeness = sum.likeness
    }

    private static func weight(of byte: UInt8, after before: UInt8, _ alphabet: Alphabet) -> Int {
        guard alphabet.isLetter(byte) else {
            // Quotation marks, the number sign, dashes.
            return [0x85, 0x93, 0x94, 0x96, 0x97, 0xAB, 0xB9, 0xBB].contains(byte) ? 40 : 5
        }
        if (0x61...0x7A).contains(before | 0x20) { return 5 }
        let isSmall = alphabet.isSmall(byte)
        if !isSmall, alphabet.isSmall(before) { return 10 }
        let small = isSmall ? byte : alphabet.capital.contains(byte) ? alphabet.toSmall(byte) : alphabet.smallYo
        return (alphabet.common.contains(small) ? 90 : 60) - (isSmall ? 0 : 15)
    }
}
