/// Identifiers of a host to places: a hash table with open addressing, because every line of a log asks it at least once.
struct NumberTable: Sendable {
    private struct Slot {
        var id: UInt64
        var host: UInt32
        /// -1 for a free slot.
        var value: Int32
    }

    private var slots: [Slot] = []
    private var mask = 0
    private(set) var count = 0

    subscript(id: UInt64, host: UInt32) -> Int32? {
        get {
            guard mask > 0 else { return nil }
            let slot = slots[place(id, host)]
            return slot.value >= 0 ? slot.value : nil
        }
        set {
            guard let newValue else { return }
            if count * 4 >= slots.count * 3 { grow() }
            let place = place(id, host)
            if slots[place].value < 0 { count += 1 }
            slots[place] = Slot(id: id, host: host, value: newValue)
        }
    }

    /// The slot of the identifier, or the free one where it belongs.
    private func place(_ id: UInt64, _ host: UInt32) -> Int {
        // Fibonacci hashing; the upper half is folded down because identifiers are nearly consecutive.
        let mixed = (id &+ UInt64(host) << 40) &* 0x9E37_79B9_7F4A_7C15
        var place = Int(truncatingIfNeeded: mixed ^ mixed >> 32) & mask
        while slots[place].value >= 0, slots[place].id != id || slots[place].host != host { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(id: 0, host: 0, value: -1), count: max(64, old.count * 2))
        mask = slots.count - 1
        for slot in old where slot.value >= 0 { slots[place(slot.id, slot.host)] = slot }
    }
}
