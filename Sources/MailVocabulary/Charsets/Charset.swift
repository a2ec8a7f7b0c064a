/// A character set that servers write their texts in without saying so, by its name in the IANA registry.
public enum Charset: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case windows1252 = "windows-1252"
    case iso2022JP = "ISO-2022-JP"
    case shiftJIS = "Shift_JIS"
    case eucJP = "EUC-JP"
    case gb18030 = "GB18030"
    case big5 = "Big5"
    case koi8R = "KOI8-R"
    case windows1251 = "windows-1251"

    /// How much the bytes look like text of this charset, 0 to 100; `nil` when they cannot be such text.
    ///
    /// Only what lies outside ASCII is weighed: common letters count much, rare ones little. For the charsets whose bytes alone
    /// do not tell, which are all but UTF-8 and ISO-2022-JP.
    func likeness(_ bytes: ArraySlice<UInt8>) -> Int? {
        switch self {
        case .utf8, .iso2022JP: nil
        case .windows1252: WesternText(bytes).likeness
        case .shiftJIS: DoubleByteText(bytes, in: .shiftJIS).likeness
        case .eucJP: DoubleByteText(bytes, in: .eucJP).likeness
        case .gb18030: DoubleByteText(bytes, in: .gb18030).likeness
        case .big5: DoubleByteText(bytes, in: .big5).likeness
        case .koi8R: CyrillicText(bytes, in: .koi8R).likeness
        case .windows1251: CyrillicText(bytes, in: .windows1251).likeness
        }
    }
}
