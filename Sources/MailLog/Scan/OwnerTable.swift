/// Owners by keys that are hashes already: a table with open addressing, because nearly every line of a log asks it.
struct OwnerTable: Sendable {
    /// A key that was never set stands for nothing; `LineOwner.none` for what has ended.
    private struct Slot: Sendable { var key: UInt64 = 0, owner: UInt32 = 0 }

    private var slots = [Slot](repeating: Slot(), count: 1 << 8)
    private var count = 0

    /// What the key stands for; nothing when it was never set.
    @inline(__always)
    subscript(key: UInt64) -> LineOwner? { owner(at: place(of: key)) }

    /// What stands at a place: nothing when it is free.
    @inline(__always)
    func owner(at place: Int) -> LineOwner? {
        let slot = slots[place]
        return slot.key == 0 ? nil : LineOwner(rawValue: slot.owner)
    }

    /// Has the key stand for the owner.
    /// - Parameter place: the key's own.
    @inline(__always)
    mutating func set(_ key: UInt64, _ owner: LineOwner, at place: Int) {
        let isNew = slots[place].key == 0
        slots[place] = Slot(key: OwnerTable.key(key), owner: owner.rawValue)
        if isNew { countIn() }
    }

    private mutating func countIn() {
        count += 1
        if count * 4 >= slots.count * 3 { grow() }
    }

    /// All keys that were ever set, with what they stand for, in no order.
    var entries: [(key: UInt64, owner: LineOwner)] {
        slots.lazy.filter { $0.key != 0 }.map { ($0.key, LineOwner(rawValue: $0.owner)) }
    }

    /// The key as it is kept: 0 is for free slots.
    @inline(__always)
    static func key(_ key: UInt64) -> UInt64 { key | 1 }

    /// The slot of the key, or the free one where it belongs.
    @inline(__always)
    func place(of key: UInt64) -> Int {
        let (wanted, mask) = (OwnerTable.key(key), slots.count &- 1)
        var place = Int(truncatingIfNeeded: (wanted ^ wanted &>> 32) &>> 1) & mask
        while slots[place].key != 0, slots[place].key != wanted { place = (place &+ 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.key != 0 { slots[place(of: slot.key)] = slot }
    }
}
