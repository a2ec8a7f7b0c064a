/// How often something was seen in a log.
public struct LogCount: Hashable, Sendable {
    /// An address, a domain, a reason. Outside text.
    public var name: String
    /// How often.
    public var count: Int
    /// How many different clients it was seen of: one is somebody's own trouble, many are everybody's.
    public var clients: Int
    /// The latest connection or message of which it was seen, where the log names it.
    public var latest: TraceKey?

    /// The most frequent first; what is equally frequent by name.
    static func top(_ counts: [String: Tally], _ most: Int, key: (Owner) -> TraceKey?) -> [LogCount] {
        let all = counts.sorted {
            $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key
        }
        return all.prefix(most).map { name, tally in
            LogCount(
                name: name, count: tally.count, clients: tally.clients.count, latest: tally.latest.flatMap(key))
        }
    }

    /// What a count is of, by its index in the graph.
    enum Owner {
        case connection(Int), message(Int)
    }

    /// A count while it is being made.
    struct Tally {
        var count = 0
        var clients: Set<PackedAddress> = []
        var latest: Owner?
    }
}
