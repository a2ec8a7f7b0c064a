import DNS

/// The names of a signed zone in their canonical order, and what proves that between two of them is none, RFC 4034 §4 and §6.1.
struct ZoneDenial {
    private let origin: DNSName
    /// Each name with the types that it has here, the origin first.
    private let names: [(name: DNSName, types: [RecordType])]

    /// - Parameter below: the zones that this one delegates.
    init(of zone: LabZone, delegating below: [LabZone]) {
        origin = zone.origin
        var types: [DNSName: Set<RecordType>] = [zone.origin: [.soa, .dnskey]]
        for record in zone.records { types[record.name, default: []].insert(record.type) }
        for child in below {
            types[child.origin] = child.signing.hasDelegationSigner ? [.ns, .ds] : [.ns]
        }
        names = types.map { ($0, $1.union([.rrsig, .nsec]).sorted { $0.value < $1.value }) }
            .sorted { Self.key($0.0).lexicographicallyPrecedes(Self.key($1.0)) { $0.lexicographicallyPrecedes($1) } }
    }

    /// The proof that a name does not exist, or has no such record.
    func records(for name: DNSName, exists: Bool) -> [ResourceRecord] {
        var proofs = [nsec(at: name)]
        if !exists {
            // Nor is there a wildcard beside it, RFC 4035 §3.1.3.2.
            var encloser = name.parent ?? origin
            while encloser != origin, !names.contains(where: { $0.name.isWithin(encloser) }) {
                encloser = encloser.parent ?? origin
            }
            if let wildcard = encloser.under("*") { proofs.append(nsec(at: wildcard)) }
        }
        var seen: Set<DNSName> = []
        return proofs.filter { seen.insert($0.name).inserted }
    }

    /// The record of the name itself, or of the last one before it.
    private func nsec(at name: DNSName) -> ResourceRecord {
        let key = Self.key(name)
        let after = names.firstIndex { entry in
            key.lexicographicallyPrecedes(Self.key(entry.name)) { $0.lexicographicallyPrecedes($1) }
        }
        let index = (after ?? names.count) - 1
        let (owner, types) = names[max(0, index)]
        let next = names[(max(0, index) + 1) % names.count].name
        let target = MessageEncoder.canonicalBytes(of: ResourceRecord(next, .a, ttl: 0, .other([]))).dropLast(10)
        return ResourceRecord(owner, .nsec, ttl: 60, .other(target + Self.bitmap(types)))
    }

    /// RFC 4034 §4.1.2. Every type here is in the first window.
    private static func bitmap(_ types: [RecordType]) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: Int(types.map(\.value).max() ?? 0) / 8 + 1)
        for type in types { bits[Int(type.value) / 8] |= 0x80 >> (type.value % 8) }
        return [0, UInt8(clamping: bits.count)] + bits
    }

    /// The labels in small letters, the last one first.
    private static func key(_ name: DNSName) -> [[UInt8]] {
        name.labels.reversed().map { $0.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
    }
}
