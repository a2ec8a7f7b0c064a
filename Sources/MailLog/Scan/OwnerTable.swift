/// Owners by keys that are hashes already: a table with open addressing, because nearly every line of a log asks it.
struct OwnerTable: Sendable {
    /// A key that was never set stands for nothing; `LineOwner.none` for what has ended.
    private var keys = [UInt64](repeating: 0, count: 1 << 8)
    private var owners = [UInt32](repeating: 0, count: 1 << 8)
    private var count = 0

    /// What the key stands for; nothing when it was never set.
    subscript(key: UInt64) -> LineOwner? {
        @inline(__always)
        get {
            let place = place(of: key)
            return keys[place] == 0 ? nil : LineOwner(rawValue: owners[place])
        }
        set {
            guard let newValue else { return }
            let place = place(of: key)
            owners[place] = newValue.rawValue
            if keys[place] == 0 {
                keys[place] = OwnerTable.key(key)
                count += 1
                if count * 4 >= keys.count * 3 { grow() }
            }
        }
    }

    /// All keys that were ever set, with what they stand for, in no order.
    var entries: [(key: UInt64, owner: LineOwner)] {
        keys.indices.filter { keys[$0] != 0 }.map { (keys[$0], LineOwner(rawValue: owners[$0])) }
    }

    /// The key as it is kept: 0 is for free slots.
    @inline(__always)
    static func key(_ key: UInt64) -> UInt64 { key | 1 }

    /// The slot of the key, or the free one where it belongs.
    @inline(__always)
    private func place(of key: UInt64) -> Int {
        let (wanted, mask) = (OwnerTable.key(key), keys.count - 1)
        var place = Int(truncatingIfNeeded: (wanted ^ wanted >> 32) >> 1) & mask
        while keys[place] != 0, keys[place] != wanted { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let (oldKeys, oldOwners) = (keys, owners)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        owners = [UInt32](repeating: 0, count: oldKeys.count * 2)
        for (key, owner) in zip(oldKeys, oldOwners) where key != 0 {
            let place = place(of: key)
            (keys[place], owners[place]) = (key, owner)
        }
    }
}
