/// A message in the pieces in which BDAT carries it, RFC 3030 §2: CRLF at every line's end, no stuffed dots, no final dot.
struct ChunkedMessage: Hashable, Sendable {
    /// A piece and the command before it.
    struct Chunk: Hashable, Sendable {
        var bytes: [UInt8]
        var isLast: Bool

        /// Without CRLF.
        var line: String { "BDAT \(bytes.count)\(isLast ? " LAST" : "")" }
    }

    private(set) var rest: ArraySlice<Chunk>
    let octets: Int

    /// - Parameters:
    ///   - text: Lines ended by CR, LF or CRLF.
    ///   - size: Octets of each piece but the last, at least 1.
    init(_ text: some Sequence<UInt8>, size: Int) {
        let bytes = Self.wire(text)
        octets = bytes.count
        let size = max(1, size)
        var chunks: [Chunk] = []
        var start = 0
        repeat {
            let end = min(start + size, bytes.count)
            chunks.append(Chunk(bytes: Array(bytes[start..<end]), isLast: end == bytes.count))
            start = end
        } while start < bytes.count
        rest = chunks[...]
    }

    mutating func next() -> Chunk? { rest.popFirst() }

    private static func wire(_ text: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text {
            defer { previous = byte }
            if byte == 0x0A, previous == 0x0D { continue }
            if byte == 0x0A || byte == 0x0D { bytes += [0x0D, 0x0A] } else { bytes.append(byte) }
        }
        if let last = bytes.last, last != 0x0A { bytes += [0x0D, 0x0A] }
        return bytes
    }
}
