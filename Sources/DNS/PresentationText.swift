/// Bytes of the DNS as printable ASCII, RFC 1035 §5.1: nothing that a terminal could obey is left.
enum PresentationText {
    /// Printable ASCII as it is, `\\` for a backslash, `\x` for the character `also`, and `\DDD` for every other byte.
    static func escaped(_ bytes: some Sequence<UInt8>, also special: UInt8, keepingSpaces: Bool = false) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case special, UInt8(ascii: "\\"):
                text.unicodeScalars.append("\\")
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x21...0x7E:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x20 where keepingSpaces:
                text.unicodeScalars.append(" ")
            default:
                let digits = String(byte)
                text += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
            }
        }
        return text
    }

    /// A character-string in quotes, RFC 1035 §3.3 and §5.1.
    static func quoted(_ bytes: some Sequence<UInt8>) -> String {
        "\"" + escaped(bytes, also: UInt8(ascii: "\""), keepingSpaces: true) + "\""
    }
}
