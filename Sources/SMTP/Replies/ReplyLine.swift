import MailVocabulary

/// One line of a reply taken apart: `code [ "-" / SP ] text`, RFC 5321 §4.2, with the forms that real servers send instead.
struct ReplyLine: Hashable, Sendable {
    var code: ReplyCode
    /// More lines of the same reply follow.
    var continues: Bool
    var text: ArraySlice<UInt8>
    var oddities: [Oddity]

    /// Reads a line without its end; `nil` when it does not begin with exactly three digits.
    init?(_ line: ArraySlice<UInt8>) {
        var rest = line
        var value = 0
        for _ in 0..<3 {
            guard let digit = rest.popFirst(), (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit) - 48
        }
        code = ReplyCode(value)
        continues = false
        oddities = []
        switch rest.first {
        case .none: break  // the grammar allows the bare code
        case UInt8(ascii: " "): rest.removeFirst()
        case UInt8(ascii: "-"):
            rest.removeFirst()
            continues = true
        case UInt8(ascii: "\t"):
            rest.removeFirst()
            oddities.append(Oddity(.tabAfterCode, EvidenceText.escaped(line.prefix(20))))
        case .some(48...57): return nil
        case .some: oddities.append(Oddity(.noSpaceAfterCode, EvidenceText.escaped(line.prefix(20))))
        }
        text = rest
        noteBytes()
    }

    /// One pass over every byte of every reply: kept plain for speed.
    private mutating func noteBytes() {
        var controls: [UInt8] = []
        var eightBit: [UInt8] = []
        for byte in text where byte < 0x20 || byte >= 0x7F {
            if byte >= 0x80 {
                if eightBit.count < 4 { eightBit.append(byte) }
            } else if byte != 0x09, controls.count < 4 {
                controls.append(byte)
            }
        }
        if !controls.isEmpty { oddities.append(Oddity(.controlBytes, Self.sample(controls))) }
        if !eightBit.isEmpty { oddities.append(Oddity(.eightBitBytes, Self.sample(eightBit))) }
    }

    private static func sample(_ bytes: [UInt8]) -> String {
        bytes.map(EvidenceText.hexadecimal).joined(separator: " ")
    }
}
