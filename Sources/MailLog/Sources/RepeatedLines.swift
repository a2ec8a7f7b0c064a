/// Tells which lines of a source that was started again were said before.
///
/// A command such as `ssh gw tail -F mail.log` says the last ten lines again, and `cat` all of them. What a new run says is
/// held back for as long as it follows, line by line, what was said before; when it comes to the end of that, it goes on from
/// there, and what was held is left out. Where it does not, there may be a gap.
public struct RepeatedLines: Sendable {
    /// So many lines are known again: eight bytes each.
    public static let capacity = 1 << 20

    private enum State {
        case following
        /// Started again, and nothing was said yet.
        case fresh
        /// Follows what was said, at these places.
        case looking(places: [Int], isJoined: Bool)
    }

    /// Among lines that are all alike there are many ways to go on; the first and the last ones are enough.
    private static let mostPlaces = 64

    private var said: [UInt64] = []
    private var state = State.following
    /// While looking: what came behind the last place where all had been said again, or since the start when there was none.
    private var held: [RawLogLine] = []
    private var number = 0

    public init() {}

    /// The source was started again: what is held was said before.
    public mutating func restart() { (state, held) = (said.isEmpty ? .following : .fresh, []) }

    /// The source says no more for now.
    /// - Returns: what was held behind the end of all that had been said before, which is new then.
    public mutating func settle() -> [RawLogLine] {
        guard case .looking(_, true) = state else { return [] }
        return release()
    }

    /// Takes lines as they come.
    /// - Returns: those that are new, numbered on from the last ones, and whether lines may be missing before the first of them.
    public mutating func take(_ lines: [RawLogLine]) -> (new: [RawLogLine], hasGap: Bool) {
        var (new, hasGap) = ([RawLogLine](), false)
        for line in lines {
            let hash = Self.hash(line.bytes)
            switch state {
            case .following: give(line, hash, &new)
            case .fresh:
                let places = said.indices.filter { said[$0] == hash }.map { $0 + 1 }
                if places.isEmpty {
                    hasGap = true
                    state = .following
                    give(line, hash, &new)
                } else {
                    held = [line]
                    look(
                        places.prefix(Self.mostPlaces / 2)
                            + places.dropFirst(Self.mostPlaces / 2).suffix(Self.mostPlaces / 2), false)
                }
            case .looking(let places, let isJoined):
                let still = places.filter { $0 < said.count && said[$0] == hash }.map { $0 + 1 }
                held.append(line)
                guard still.isEmpty else {
                    look(still, isJoined)
                    continue
                }
                hasGap = hasGap || !isJoined
                new += release()
            }
        }
        return (new, hasGap)
    }

    /// Goes on looking, unless all that was said has come again in every way that is left.
    private mutating func look(_ places: [Int], _ isJoined: Bool) {
        let isAtEnd = places.contains(said.count)
        let left = places.filter { $0 < said.count }
        if isAtEnd { held = [] }
        state = isAtEnd && left.isEmpty ? .following : .looking(places: left, isJoined: isAtEnd || isJoined)
    }

    private mutating func release() -> [RawLogLine] {
        var new: [RawLogLine] = []
        for line in held { give(line, Self.hash(line.bytes), &new) }
        (state, held) = (.following, [])
        return new
    }

    private mutating func give(_ line: RawLogLine, _ hash: UInt64, _ new: inout [RawLogLine]) {
        if said.count == Self.capacity { said.removeFirst(Self.capacity / 4) }
        said.append(hash)
        number += 1
        var line = line
        line.number = number
        new.append(line)
    }

    /// FNV-1a, the same in every run.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
