/// Writes a content as it goes into the message, piece by piece: line ends first, then the encoding, RFC 2045 §6.
struct ContentWriter: Hashable, Sendable {
    private enum Encoder: Hashable, Sendable {
        case plain
        case quotedPrintable(QuotedPrintable)
        case base64(Base64Lines)
    }

    private var lineEnds: LineEnds?
    private var encoder: Encoder

    init(_ encoding: TransferEncoding, makesCRLF: Bool) {
        lineEnds = makesCRLF ? LineEnds() : nil
        encoder =
            switch encoding {
            case .sevenBit, .eightBit, .binary: .plain
            case .quotedPrintable: .quotedPrintable(QuotedPrintable())
            case .base64: .base64(Base64Lines())
            }
    }

    /// - Parameter isLast: No more comes behind it.
    mutating func write(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        guard lineEnds != nil else { return encode(bytes, isLast: isLast) }
        var text: [UInt8] = []
        lineEnds?.write(bytes, to: &text)
        if isLast { lineEnds?.finish(&text) }
        return encode(text, isLast: isLast)
    }

    private mutating func encode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var text: [UInt8] = []
        switch encoder {
        case .plain: return bytes
        case .quotedPrintable(var quoted):
            quoted.write(bytes, to: &text)
            if isLast { quoted.finish(&text) }
            encoder = .quotedPrintable(quoted)
        case .base64(var lines):
            lines.write(bytes, to: &text)
            if isLast { lines.finish(&text) }
            encoder = .base64(lines)
        }
        return text
    }
}
