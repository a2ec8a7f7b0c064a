/// Looks for boundaries of ours in a content, RFC 2046 §5.1.1: the one that parts it from others must not stand in it. Piece by piece.
struct BoundaryWatch: Sendable {
    static let mark = "=_porthole_"
    private static let bytes = Array(mark.utf8)
    /// Mark, kind and number are no longer than this.
    private static let longest = 40

    /// The highest number behind a mark; 0 without one.
    private(set) var highest = 0

    private var held: [UInt8] = []

    mutating func write(_ bytes: [UInt8]) {
        let text = held + bytes
        var start = 0
        while let place = text[start...].firstPlace(of: Self.bytes) {
            start = place + Self.bytes.count
            let kind = text[start...].prefix(12).prefix { (97...122).contains($0) }
            let digits = text[kind.endIndex...].dropFirst().prefix(9).prefix { (48...57).contains($0) }
            highest = max(highest, Int(String(decoding: digits, as: UTF8.self)) ?? 0)
        }
        held = text.suffix(Self.longest)
    }
}
