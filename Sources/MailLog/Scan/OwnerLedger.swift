/// The owners of the lines of one stretch of a file, and what ties identifiers to each other: a little over four bytes a line.
struct OwnerLedger: Sendable {
    /// Owners are kept in pages, so that no growth copies what is there.
    private static let pageSize = 1 << 16

    private(set) var pages: [[UInt32]] = []
    private var page = [UInt32](repeating: 0, count: pageSize)
    private var filled = 0
    /// The offset in the file of every 64th line, and at last of the end.
    private(set) var marks: [UInt64] = []
    /// A message and its connection, or a message and the one it was made of: two identities in one word.
    private(set) var ties: [UInt64] = []
    /// A message and the delivery connection that carried it.
    private(set) var carries: [UInt64] = []
    /// The ties that were noted last, because several lines say the same.
    private var recentTies = [UInt64](repeating: 0, count: 1 << 10)
    private var recentCarries = [UInt64](repeating: 0, count: 1 << 10)
    /// The connections that a scan of everybody saw opened, each with its client's address.
    private(set) var openers: [(address: PackedAddress, identity: UInt32)] = []
    /// Identities that the question names.
    private(set) var seeds: Set<UInt32> = []
    private(set) var count = 0

    /// Takes in the owners of consecutive lines.
    /// - Parameters:
    ///   - ends: where they end; each begins behind the end of the one before.
    ///   - start: where the first one begins.
    ///   - offset: of the byte from which these places are counted.
    mutating func append(_ owners: Span<UInt32>, ends: Span<UInt32>, from start: Int, offset: UInt64) {
        var marked = (64 - count & 63) & 63
        while marked < owners.count {
            marks.append(offset + UInt64(marked == 0 ? start : Int(ends[marked - 1]) + 1))
            marked += 64
        }
        count += owners.count
        var taken = 0
        while taken < owners.count {
            let (room, start) = (min(Self.pageSize - filled, owners.count - taken), filled)
            var free = page.mutableSpan
            for place in 0..<room { free[start &+ place] = owners[taken &+ place] }
            (taken, filled) = (taken + room, filled + room)
            if filled == Self.pageSize { turn() }
        }
    }

    private mutating func turn() {
        pages.append(page)
        page = [UInt32](repeating: 0, count: Self.pageSize)
        filled = 0
    }

    mutating func finish(offset: UInt64) {
        marks.append(offset)
        pages.append(Array(page.prefix(filled)))
        (page, filled) = ([], 0)
    }

    @inline(__always)
    mutating func tie(_ one: LineOwner, _ other: LineOwner) {
        let tie = UInt64(one.identity) << 32 | UInt64(other.identity)
        let slot = Int(truncatingIfNeeded: tie ^ tie >> 32) & (1 << 10 - 1)
        if recentTies[slot] == tie { return }
        recentTies[slot] = tie
        ties.append(tie)
    }

    @inline(__always)
    mutating func carry(_ message: LineOwner, _ delivery: LineOwner) {
        let tie = UInt64(message.identity) << 32 | UInt64(delivery.identity)
        let slot = Int(truncatingIfNeeded: tie ^ tie >> 32) & (1 << 10 - 1)
        if recentCarries[slot] == tie { return }
        recentCarries[slot] = tie
        carries.append(tie)
    }

    mutating func seed(_ owner: LineOwner) { seeds.insert(owner.identity) }

    /// Names the connections of the clients that are asked for.
    mutating func seed(where isAsked: (PackedAddress) -> Bool) {
        for opener in openers where isAsked(opener.address) { seeds.insert(opener.identity) }
    }

    mutating func open(_ identity: UInt32, _ address: PackedAddress) { openers.append((address, identity)) }

    /// Puts back the owner of the next line, as it was kept.
    @inline(__always)
    mutating func restore(_ owner: UInt32) {
        count += 1
        page[filled] = owner
        filled += 1
        if filled == Self.pageSize { turn() }
    }

    /// Puts back all the rest.
    mutating func restore(marks: [UInt64], ties: [UInt64], carries: [UInt64]) {
        finish(offset: 0)
        (self.marks, self.ties, self.carries) = (marks, ties, carries)
    }

    /// The bytes of the file in which the line stands, and how many lines stand before it in them.
    func block(of line: Int) -> (bytes: Range<UInt64>, linesBefore: Int) {
        (marks[line / 64]..<marks[line / 64 + 1], line % 64)
    }
}
