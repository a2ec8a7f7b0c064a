/// What a stretch of a log leaves open for the next one, where connections have no identifier of their own.
struct SessionStitch: Sendable {
    /// What goes on, by process, or process and client; `LineOwner.none` where the stretch says that nothing does, whatever
    /// went on before it.
    private var table = OwnerTable()
    /// What had begun before the stretch did.
    private(set) var adopted: [(key: UInt64, owner: LineOwner)] = []

    init() {}

    init(entries: [(key: UInt64, owner: LineOwner)], adopted: [(key: UInt64, owner: LineOwner)]) {
        for (key, owner) in entries { begin(key, owner) }
        self.adopted = adopted
    }

    /// Keys of which the stretch says anything, with what goes on in the end.
    var entries: [(key: UInt64, owner: LineOwner)] { table.entries }

    mutating func begin(_ key: UInt64, _ owner: LineOwner) { table.set(key, owner, at: table.place(of: key)) }

    mutating func end(_ key: UInt64) {
        let place = table.place(of: key)
        if table.owner(at: place) != nil { table.set(key, .none, at: place) }
    }

    /// What goes on under the key; otherwise a new owner, which may be what went on before the stretch: a connection, or the
    /// lines that a process writes before it names their message.
    mutating func current(_ key: UInt64, otherwise new: LineOwner) -> LineOwner {
        let place = table.place(of: key)
        let known = table.owner(at: place)
        if let known, known != LineOwner.none { return known }
        if known == nil { adopted.append((OwnerTable.key(key), new)) }
        table.set(key, new, at: place)
        return new
    }

    /// What the process wrote before it named this message.
    mutating func takeLoose(_ key: UInt64, for message: LineOwner) -> LineOwner? {
        let place = table.place(of: key)
        let known = table.owner(at: place)
        if known == nil { adopted.append((OwnerTable.key(key), message)) }
        if known == LineOwner.none { return nil }
        table.set(key, .none, at: place)
        return known
    }

    /// Stretches that are looked through one by one: what goes on was nearly always begun in one of the last.
    private static let nearby = 64

    /// Which owners of consecutive stretches are the same: two identities in one word.
    static func ties(_ stitches: [SessionStitch]) -> [UInt64] {
        var ties: [UInt64] = []
        var older = OwnerTable()
        var begin = 0
        for (place, stitch) in stitches.enumerated() {
            // A log of many files has thousands of stretches, and a key that none of them has would be looked for in all.
            if place - begin > Self.nearby {
                for old in stitches[begin..<place] {
                    for (key, owner) in old.table.entries { older.set(key, owner, at: older.place(of: key)) }
                }
                begin = place
            }
            for (key, owner) in stitch.adopted {
                guard let before = last(key, in: stitches[begin..<place]) ?? older[key], before != LineOwner.none else {
                    continue
                }
                ties.append(UInt64(before.identity) << 32 | UInt64(owner.identity))
            }
        }
        return ties
    }

    /// What the key stands for in the last of the stretches that say anything of it.
    private static func last(_ key: UInt64, in stitches: ArraySlice<SessionStitch>) -> LineOwner? {
        for stitch in stitches.reversed() {
            if let owner = stitch.table[key] { return owner }
        }
        return nil
    }
}
