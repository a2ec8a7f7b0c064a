/// The ENVID parameters of MAIL (RFC 3461 §4.4) that a log of the dialogue shows, each with the connection that gave it.
extension LogGraph {
    struct EnvelopeID: Sendable {
        /// As text: xtext is decoded.
        var text: TextStore.Reference
        var connection: Int32
    }

    /// Keeps what stands behind `ENVID=` in a command.
    mutating func keepEnvelopeID(_ line: Span<UInt8>, _ command: Range<Int>, of connection: Int) {
        guard command.count > 11, TextStore.lower(line[command.lowerBound]) == 0x6D,
            let label = LogGraph.envelopeLabel.first(where: { line.index(of: $0, from: command.lowerBound) != nil }),
            let start = line.index(of: label, from: command.lowerBound), start < command.upperBound
        else { return }
        var (text, index) = ([UInt8](), start + label.utf8.count)
        while index < command.upperBound, case let byte = line[index], (0x21...0x7E).contains(byte),
            byte != 0x22, byte != 0x27, byte != 0x2C, byte != 0x5C
        {
            if byte == 0x2B, let code = line.hexadecimal(at: index + 1) {
                text.append(code)
                index += 3
            } else {
                text.append(byte)
                index += 1
            }
        }
        let kept = texts.keep(text.span, 0..<text.count)
        if !kept.isEmpty { envelopeIDs.append(EnvelopeID(text: kept, connection: Int32(connection))) }
    }

    private static let envelopeLabel = [" ENVID=", " envid=", " Envid="]

    /// The connections that gave this ENVID.
    func connections(envelopeID lowered: [UInt8]) -> [Int] {
        envelopeIDs.filter { texts.equals($0.text, lowercased: lowered) }.map { Int($0.connection) }
    }
}

extension Span where Element == UInt8 {
    /// Two hexadecimal digits.
    fileprivate func hexadecimal(at index: Int) -> UInt8? {
        guard index + 2 <= count else { return nil }
        return UInt8(string(index..<(index + 2)), radix: 16)
    }
}
