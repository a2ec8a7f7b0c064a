/// Owners of lines, one after another, as numbers that are small for those that are near: the same code writes and reads.
struct OwnerCode {
    /// The identities that were seen lately, each at a place of its own.
    private var recent = [UInt32](repeating: 0, count: 1 << 11)
    /// The latest identifier of each kind.
    private var latest: [Int64] = [0, 0, 0, 0]

    mutating func code(of owner: UInt32) -> UInt64 {
        let (identity, kind) = (LineOwner.identity(owner), Int(LineOwner.kind(owner)))
        let (step, id) = (UInt64(LineOwner.step(owner)), Int64(owner & 0xFFF_FFFF))
        let distance = UInt64(bitPattern: (id - latest[kind]) << 1 ^ (id - latest[kind]) >> 63)
        let place = OwnerCode.place(identity)
        let isRecent = distance >= 512 && recent[place] == identity
        (latest[kind], recent[place]) = (id, identity)
        return isRecent ? UInt64(place) << 3 | step << 1 | 1 : distance << 5 | UInt64(kind) << 3 | step << 1
    }

    /// - Returns: nothing for a number that stands for no owner.
    mutating func owner(of code: UInt64) -> UInt32? {
        let step = UInt32(code >> 1 & 3)
        let identity: UInt32
        if code & 1 == 1 {
            guard code >> 3 < recent.count else { return nil }
            identity = recent[Int(code >> 3)]
        } else {
            let (kind, distance) = (Int(code >> 3 & 3), code >> 5)
            let id = latest[kind] &+ (Int64(bitPattern: distance >> 1) ^ -Int64(distance & 1))
            guard (0...0xFFF_FFFF).contains(id) else { return nil }
            identity = UInt32(kind) << 30 | UInt32(id)
        }
        latest[Int(LineOwner.kind(identity))] = Int64(identity & 0xFFF_FFFF)
        recent[OwnerCode.place(identity)] = identity
        return identity | step << 28
    }

    /// True for the code of a message that is far from the one before and was not seen lately: mostly its first line. What it is
    /// tied to is written there, because the code of such an identity is long.
    static func isNewMessage(_ code: UInt64) -> Bool {
        code & 1 == 0 && code >> 5 >= 512 && UInt32(code >> 3 & 3) == LineOwner.Kind.message.rawValue
    }

    private static func place(_ identity: UInt32) -> Int { Int((identity &* 0x9E37_79B1) >> 21) }
}
