/// Gives every line CRLF at its end, piece by piece: CR, LF and CRLF each end a line, RFC 5321 §2.3.8.
struct LineEnds: Hashable, Sendable {
    /// The latest octet was a CR, and a line feed that comes next is its other half.
    private var followsReturn = false
    private var isLineOpen = false

    mutating func write(_ bytes: [UInt8], to text: inout [UInt8]) {
        guard let first = bytes.first else { return }
        text.reserveCapacity(text.count + bytes.count + bytes.count / 32 + 2)
        var rest = bytes[(followsReturn && first == 0x0A ? 1 : 0)...]
        followsReturn = false
        while let place = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            text += rest[..<place]
            text += [0x0D, 0x0A]
            isLineOpen = false
            var next = place + 1
            if rest[place] == 0x0D {
                followsReturn = next == rest.endIndex
                if next < rest.endIndex, rest[next] == 0x0A { next += 1 }
            }
            rest = rest[next...]
        }
        guard !rest.isEmpty else { return }
        text += rest
        isLineOpen = true
    }

    /// The last line ends too.
    mutating func finish(_ text: inout [UInt8]) {
        if isLineOpen { text += [0x0D, 0x0A] }
        isLineOpen = false
    }
}
