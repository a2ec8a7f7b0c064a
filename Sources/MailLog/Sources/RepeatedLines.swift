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
        case looking(places: [Int], held: [RawLogLine], joinedAt: Int?)
    }

    private var said: [UInt64] = []
    private var state = State.following
    private var number = 0

    public init() {}

    /// The source was started again: what is held was said before.
    public mutating func restart() { state = said.isEmpty ? .following : .fresh }

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
                    look(places, held: [line], joinedAt: nil)
                }
            case .looking(let places, var held, let joinedAt):
                let still = places.filter { $0 < said.count && said[$0] == hash }.map { $0 + 1 }
                held.append(line)
                guard still.isEmpty else {
                    look(still, held: held, joinedAt: joinedAt)
                    continue
                }
                hasGap = hasGap || joinedAt == nil
                state = .following
                for line in held[(joinedAt ?? 0)...] { give(line, Self.hash(line.bytes), &new) }
            }
        }
        return (new, hasGap)
    }

    /// Goes on looking, unless all that was said has come again in every way that is left.
    private mutating func look(_ places: [Int], held: [RawLogLine], joinedAt: Int?) {
        let isAtEnd = places.contains(said.count)
        let left = places.filter { $0 < said.count }
        state =
            isAtEnd && left.isEmpty
            ? .following : .looking(places: left, held: held, joinedAt: isAtEnd ? held.count : joinedAt)
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
