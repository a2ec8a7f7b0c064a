/// How often something was seen in a log.
public struct LogCount: Hashable, Sendable {
    /// An address, a domain, a reason. Outside text.
    public var name: String
    /// How often.
    public var count: Int
    /// How many different clients it was seen of: one is somebody's own trouble, many are everybody's.
    public var clients: Int

    /// The most frequent first; what is equally frequent by name.
    static func top(_ counts: [String: (count: Int, clients: Set<PackedAddress>)], _ most: Int) -> [LogCount] {
        let all = counts.map { LogCount(name: $0.key, count: $0.value.count, clients: $0.value.clients.count) }
        return Array(
            all.sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }.prefix(most))
    }
}
