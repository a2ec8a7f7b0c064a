/// Identities of owners, with a quick "no" for nearly all others: it is asked once for each line of a log.
struct IdentitySet {
    private(set) var members: Set<UInt32> = []
    private var bits = [UInt64](repeating: 0, count: 1 << 10)

    var count: Int { members.count }

    init(_ members: some Sequence<UInt32>) { for member in members { insert(member) } }

    mutating func insert(_ identity: UInt32) {
        let slot = IdentitySet.slot(identity)
        bits[slot >> 6] |= 1 << UInt64(slot & 63)
        members.insert(identity)
    }

    /// Calls `body` with the place of each owner whose identity is in the set, and of each one that has none.
    @inline(__always)
    func forEachCandidate(in owners: Span<UInt32>, _ body: (Int) -> Void) {
        var (bits, none) = (bits, IdentitySet.slot(0))
        bits[none >> 6] |= 1 << UInt64(none & 63)
        let marks = bits.span
        for place in owners.indices {
            let slot = IdentitySet.slot(LineOwner.identity(owners[place]))
            if marks[slot &>> 6] &>> UInt64(truncatingIfNeeded: slot) & 1 != 0 { body(place) }
        }
    }

    @inline(__always)
    func contains(_ identity: UInt32) -> Bool {
        let slot = IdentitySet.slot(identity)
        return bits[slot >> 6] >> UInt64(slot & 63) & 1 != 0 && members.contains(identity)
    }

    @inline(__always)
    private static func slot(_ identity: UInt32) -> Int { Int((identity &* 0x9E37_79B1) >> 16) }
}
