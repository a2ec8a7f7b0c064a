/// What a stretch of a log leaves open for the next one, where connections have no identifier of their own.
struct SessionStitch: Sendable {
    /// What goes on, by process, or process and client.
    private(set) var open: [UInt64: LineOwner] = [:]
    /// Keys of which the stretch says anything: what goes on of an earlier one is not theirs.
    private(set) var seen: Set<UInt64> = []
    /// What had begun before the stretch did.
    private(set) var adopted: [(key: UInt64, owner: LineOwner)] = []

    mutating func begin(_ key: UInt64, _ owner: LineOwner) {
        seen.insert(key)
        open[key] = owner
    }

    mutating func end(_ key: UInt64) { open[key] = nil }

    /// What goes on under the key; otherwise a new owner, which may be what went on before the stretch.
    mutating func current(_ key: UInt64, otherwise new: LineOwner) -> LineOwner {
        if let known = open[key] { return known }
        if seen.insert(key).inserted { adopted.append((key, new)) }
        open[key] = new
        return new
    }

    /// Lines that a process writes before it names their message.
    mutating func loose(_ key: UInt64, _ new: LineOwner) -> LineOwner {
        if let known = open[key] { return known }
        // What the process left before the stretch belongs to the same message.
        if seen.insert(key).inserted { adopted.append((key, new)) }
        open[key] = new
        return new
    }

    /// What the process wrote before it named this message.
    mutating func takeLoose(_ key: UInt64, for message: LineOwner) -> LineOwner? {
        if seen.insert(key).inserted { adopted.append((key, message)) }
        return open.removeValue(forKey: key)
    }

    /// Which owners of consecutive stretches are the same: two identities in one word.
    static func ties(_ stitches: [SessionStitch]) -> [UInt64] {
        var (ties, open) = ([UInt64](), [UInt64: LineOwner]())
        for stitch in stitches {
            for (key, owner) in stitch.adopted {
                guard let before = open[key] else { continue }
                ties.append(UInt64(before.identity) << 32 | UInt64(owner.identity))
            }
            for key in stitch.seen { open[key] = stitch.open[key] }
        }
        return ties
    }
}
