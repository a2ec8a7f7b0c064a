import DNS

/// Signed zones: what their server adds for those who ask for signatures, RFC 4035 §3.1.
extension LabZones {
    /// The DS record of the topmost signed zone, as a file of trust anchors has it; `nil` if no zone is signed.
    public var trustAnchor: String? {
        let signed = zones.filter(\.signing.hasSignatures).min { $0.origin.labels.count < $1.origin.labels.count }
        guard let record = signed.flatMap({ ZoneKey(of: $0.origin)?.delegationSigner }),
            case .other(let data) = record.data
        else { return nil }
        let tag = Int(data[0]) << 8 | Int(data[1])
        let digest = data.dropFirst(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let origin = record.name == .root ? "." : "\(record.name)."
        return "\(origin) IN DS \(tag) \(data[2]) \(data[3]) \(digest)\n"
    }

    /// The zone that answers for DS records of a name: the one above, RFC 4035 §3.1.4.1.
    func parent(of origin: DNSName) -> LabZone? { origin.parent.flatMap { zone(of: $0) } }

    /// The key of a zone, and its DS in the zone above it.
    func securityRecords(of name: DNSName, _ type: RecordType) -> [ResourceRecord] {
        guard let zone = zones.first(where: { $0.origin == name }) else { return [] }
        switch type {
        case .dnskey where zone.signing.hasSignatures:
            return [ZoneKey(of: name)?.zoneKey].compactMap { $0 }
        case .ds where zone.signing.hasDelegationSigner && parent(of: name)?.signing.hasSignatures == true:
            let key = ZoneKey(of: name, generation: zone.signing == .otherKey ? 1 : 0)
            return [key?.delegationSigner].compactMap { $0 }
        default:
            return []
        }
    }

    /// Adds the signatures, and the proofs of what there is not.
    ///
    /// - Parameters:
    ///   - absence: the name at which the question ended, and whether it exists; `nil` if there are records.
    ///   - now: seconds since 1970.
    func sign(_ response: inout DNSMessage, absence: (name: DNSName, exists: Bool, zone: LabZone)?, now: Int64) {
        if let absence, absence.zone.signing.hasSignatures {
            let below = zones.filter {
                $0.origin != absence.zone.origin && parent(of: $0.origin)?.origin == absence.zone.origin
            }
            response.authority += ZoneDenial(of: absence.zone, delegating: below)
                .records(for: absence.name, exists: absence.exists)
        }
        response.answers = signed(response.answers, by: nil, now)
        // Also the proof that there is no DS: it stands in the zone above, at the name of the one below.
        if let zone = absence?.zone { response.authority = signed(response.authority, by: zone, now) }
    }

    /// Each set of records with its signature behind it, of the zone that holds it unless one is given.
    private func signed(_ records: [ResourceRecord], by signer: LabZone?, _ now: Int64) -> [ResourceRecord] {
        var (result, rest) = ([ResourceRecord](), records[...])
        while let first = rest.first {
            let set = rest.prefix { $0.name == first.name && $0.type == first.type }
            rest = rest.dropFirst(set.count)
            result += set
            let owner = signer ?? (first.type == .ds ? parent(of: first.name) : zone(of: first.name))
            guard let owner, owner.signing.hasSignatures, let key = ZoneKey(of: owner.origin) else { continue }
            let span = owner.signing.span
            let isForged =
                owner.signing == .changedMX && first.type == .mx
                || owner.signing == .changedAddresses && first.type == .a
            let signature = key.signature(
                of: Array(set), span: now + span.lowerBound...now + span.upperBound, isForged: isForged)
            result += [signature].compactMap { $0 }
        }
        return result
    }
}
