/// Numbers of a host to places, also of those that had the same number before: numbers begin anew after an upgrade, and two
/// gateways whose logs are read together count each for itself.
struct IdentifierTable: Sendable {
    private struct Number: Hashable, Sendable { var id: UInt64, host: UInt32 }

    private var latest = NumberTable()
    private var earlier: [Number: [Int32]] = [:]

    /// A number that comes again and again must not fill the memory.
    private static let mostEarlier = 1000

    /// The place of the latest owner.
    subscript(id: UInt64, host: UInt32) -> Int32? {
        get { latest[id, host] }
        set {
            let number = Number(id: id, host: host)
            if let known = latest[id, host], earlier[number, default: []].count < Self.mostEarlier {
                earlier[number, default: []].append(known)
            }
            latest[id, host] = newValue
        }
    }

    /// Who had the number on any of so many hosts, of each host the latest one at last.
    func owners(of id: UInt64, hosts: Int) -> [Int] {
        (0..<UInt32(hosts)).flatMap { host in
            let before = earlier[Number(id: id, host: host), default: []]
            return (before + (latest[id, host].map { [$0] } ?? [])).map { Int($0) }
        }
    }
}
