/// Bytes read as windows-1252, which holds all letters of ISO 8859-1: single letters with accents inside words of ASCII.
struct WesternText {
    let likeness: Int?

    init(_ bytes: ArraySlice<UInt8>) {
        var sum = LikenessSum()
        for index in bytes.indices where bytes[index] >= 0x80 {
            let before = index > bytes.startIndex ? bytes[index - 1] : 0x20
            let after = index + 1 < bytes.endIndex ? bytes[index + 1] : 0x20
            switch bytes[index] {
            case 0x81, 0x8D, 0x8F, 0x90, 0x9D: sum.fail()
            case 0xD7, 0xF7: sum.add(5)
            case 0xC0...0xFF: sum.add(Self.weight(of: bytes[index], between: before, and: after))
            case 0x80, 0x85, 0x91...0x97, 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xBB: sum.add(50)
            case _: sum.add(10)
            }
        }
        likeness = sum.likeness
    }

    private static func weight(of letter: UInt8, between before: UInt8, and after: UInt8) -> Int {
        // Two of them side by side are rare, three are no word of a western language.
        if before >= 0xC0, after >= 0xC0 { return 5 }
        let neighbours = [before, after].count(where: isLetter)
        let isCapital = letter < 0xDF
        // A capital in the middle of small letters.
        if isCapital, isSmall(before) { return 10 }
        if neighbours == 0 { return letter == 0xE0 || letter == 0xE8 || letter == 0xE9 ? 60 : 20 }
        return isCapital ? 65 : 85
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte | 0x20) }
}
