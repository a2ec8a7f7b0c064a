/// A message in the pieces in which BDAT carries it, RFC 3030 §2: no stuffed dots, no final dot.
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
    ///   - bytes: The message as it is to arrive.
    ///   - size: Octets of each piece but the last, at least 1.
    init(_ bytes: [UInt8], size: Int) {
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
}
