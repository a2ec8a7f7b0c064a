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

    @inline(__always)
    func contains(_ identity: UInt32) -> Bool {
        let slot = IdentitySet.slot(identity)
        return bits[slot >> 6] >> UInt64(slot & 63) & 1 != 0 && members.contains(identity)
    }

    @inline(__always)
    private static func slot(_ identity: UInt32) -> Int { Int((identity &* 0x9E37_79B1) >> 16) }
}
