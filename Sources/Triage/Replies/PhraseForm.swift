/// What a phrase was read into, once: the same phrase stands in many lists, and each of them keeps no more than a reference.
final class PhraseForm: Sendable {
    let source: String
    /// Of what was written, FNV-1a: phrases are compared far more often than they are read.
    let hash: UInt64
    let pieces: [PhrasePattern.Piece]
    let startsText: Bool
    let endsText: Bool
    let startsWord: Bool
    let endsWord: Bool
    let anchor: Int?
    let letters: Int

    /// `nil` for an unknown wildcard, an open brace, or an empty phrase.
    init?(_ source: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.utf8.count)
        var isBlank = true
        for byte in source.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            let isBlankToo = byte <= 32 || byte == 127
            if !isBlankToo { bytes.append(ReplyNormalizer.folded(byte)) } else if !isBlank { bytes.append(32) }
            isBlank = isBlankToo
        }
        if bytes.last == 32 { bytes.removeLast() }
        startsText = bytes.first == UInt8(ascii: "^")
        startsWord = bytes.first == UInt8(ascii: "|")
        if startsText || startsWord { bytes.removeFirst() }
        endsText = bytes.last == UInt8(ascii: "$")
        endsWord = bytes.last == UInt8(ascii: "|")
        if endsText || endsWord { bytes.removeLast() }
        guard let pieces = Self.pieces(of: bytes), !pieces.isEmpty else { return nil }
        var (best, length, letters): (Int?, Int, Int) = (nil, 0, 0)
        for (index, piece) in pieces.enumerated() {
            guard case .literal(let bytes) = piece else { continue }
            letters += bytes.count
            if bytes.count > length { (best, length) = (index, bytes.count) }
        }
        (self.source, self.hash, self.pieces, anchor, self.letters) = (source, hash, pieces, best, letters)
    }

    private static func pieces(of bytes: [UInt8]) -> [PhrasePattern.Piece]? {
        guard bytes.contains(UInt8(ascii: "{")) else { return bytes.isEmpty ? [] : [.literal(bytes)] }
        var pieces: [PhrasePattern.Piece] = []
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")),
                let wildcard = PhraseWildcard(rawValue: String(decoding: rest[(open + 1)..<close], as: UTF8.self))
            else { return nil }
            if open > rest.startIndex { pieces.append(.literal(Array(rest[..<open]))) }
            pieces.append(.wildcard(wildcard))
            rest = rest[(close + 1)...]
        }
        if !rest.isEmpty { pieces.append(.literal(Array(rest))) }
        return pieces
    }
}
