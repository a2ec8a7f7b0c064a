/// What a stretch of a log leaves open for the next one, where connections have no identifier of their own.
struct SessionStitch: Sendable {
    /// What goes on, by process, or process and client; `LineOwner.none` where the stretch says that nothing does, whatever
    /// went on before it.
    private var table = OwnerTable()
    /// What had begun before the stretch did.
    private(set) var adopted: [(key: UInt64, owner: LineOwner)] = []

    init() {}

    init(entries: [(key: UInt64, owner: LineOwner)], adopted: [(key: UInt64, owner: LineOwner)]) {
        for (key, owner) in entries { table[key] = owner }
        self.adopted = adopted
    }

    /// Keys of which the stretch says anything, with what goes on in the end.
    var entries: [(key: UInt64, owner: LineOwner)] { table.entries }

    mutating func begin(_ key: UInt64, _ owner: LineOwner) { table[key] = owner }

    mutating func end(_ key: UInt64) { if table[key] != nil { table[key] = LineOwner.none } }

    /// What goes on under the key; otherwise a new owner, which may be what went on before the stretch: a connection, or the
    /// lines that a process writes before it names their message.
    mutating func current(_ key: UInt64, otherwise new: LineOwner) -> LineOwner {
        let known = table[key]
        if let known, known != LineOwner.none { return known }
        if known == nil { adopted.append((OwnerTable.key(key), new)) }
        table[key] = new
        return new
    }

    /// What the process wrote before it named this message.
    mutating func takeLoose(_ key: UInt64, for message: LineOwner) -> LineOwner? {
        let known = table[key]
        if known == nil { adopted.append((OwnerTable.key(key), message)) }
        if known == LineOwner.none { return nil }
        table[key] = LineOwner.none
        return known
    }

    /// Which owners of consecutive stretches are the same: two identities in one word.
    static func ties(_ stitches: [SessionStitch]) -> [UInt64] {
        var (ties, open) = ([UInt64](), [UInt64: LineOwner]())
        for stitch in stitches {
            for (key, owner) in stitch.adopted {
                guard let before = open[key] else { continue }
                ties.append(UInt64(before.identity) << 32 | UInt64(owner.identity))
            }
            for (key, owner) in stitch.entries { open[key] = owner == LineOwner.none ? nil : owner }
        }
        return ties
    }
}
