/// Looks for a dot alone between line ends that not every server reads the same way: some would end the message there and take the
/// rest for commands. Piece by piece.
struct DotWatch: Sendable {
    /// What stands before and behind a dot, NUL apart, decides.
    private static let reach = 3

    /// Where leading dots are doubled, and where they are not.
    private(set) var endsStuffed = false
    private(set) var endsUnstuffed = false

    /// The latest octets: those before `next` have been looked at.
    private var held: [UInt8] = []
    private var next = 0
    private var isCut = false

    mutating func write(_ bytes: [UInt8]) {
        guard !endsStuffed else { return }
        held += bytes
        let end = max(next, held.count - Self.reach)
        look(upTo: end)
        let gone = max(0, end - Self.reach)
        if gone > 0 { isCut = true }
        held.removeFirst(gone)
        next = end - gone
    }

    /// The last line gets the CRLF that it lacks, see `DotStuffer`: a dot at the very end stands before it.
    mutating func finish() {
        let end = held.count
        if !held.ends(with: [0x0D, 0x0A]) { held += [0x0D, 0x0A] }
        look(upTo: end)
        next = end
    }

    private mutating func look(upTo end: Int) {
        var rest = held[next..<end]
        while let place = rest.firstIndex(of: UInt8(ascii: ".")) {
            judge(place)
            rest = rest[(place + 1)...]
        }
    }

    private mutating func judge(_ place: Int) {
        let isFirst = place == 0 && !isCut
        let before = held[..<place].suffix(Self.reach).last { $0 != 0 }
        let after = held[(place + 1)...].prefix(Self.reach).first { $0 != 0 }
        guard isFirst || before == 0x0A || before == 0x0D, after == 0x0A || after == 0x0D else { return }
        endsUnstuffed = true
        // Between two CRLF the second dot keeps it inside the message.
        let isProper = isFirst || held[..<place].suffix(2).elementsEqual([0x0D, 0x0A])
        let isClosed = held[(place + 1)...].prefix(2).elementsEqual([0x0D, 0x0A])
        if !(isProper && isClosed) { endsStuffed = true }
    }
}
