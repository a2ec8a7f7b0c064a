import DNS

/// The zones that the lab's name server holds, as one resolver would see them: a name in none of them does not exist.
public struct LabZones: Sendable {
    /// In any order: the longest origin above a name holds it.
    public private(set) var zones: [LabZone] = []

    /// By origin: what is asked most, found at once.
    private var contents: [DNSName: Contents] = [:]

    /// The records of one zone by name, and every name that exists there: those that have records, and those above them (RFC 8020).
    private struct Contents {
        var records: [DNSName: [ResourceRecord]] = [:]
        var names: Set<DNSName> = []

        init(_ zone: LabZone) {
            for record in zone.records {
                records[record.name, default: []].append(record)
                var name: DNSName? = record.name
                while let known = name, names.insert(known).inserted { name = known.parent }
            }
        }
    }

    /// No zone: every name is NXDOMAIN.
    public init() {}

    init(zones: [LabZone]) {
        for zone in zones { replace(zone) }
    }

    /// Adds a zone.
    public mutating func add(_ zone: LabZone) { replace(zone) }

    /// Puts a zone in the place of the one with the same origin, or adds it.
    public mutating func replace(_ zone: LabZone) {
        zones.removeAll { $0.origin == zone.origin }
        zones.append(zone)
        contents[zone.origin] = Contents(zone)
    }

    /// The zone that holds a name.
    func zone(of name: DNSName) -> LabZone? {
        var origin: DNSName? = name
        while let candidate = origin {
            if contents[candidate] != nil { return zones.first { $0.origin == candidate } }
            origin = candidate.parent
        }
        return nil
    }

    /// What a resolver answers, CNAMEs followed through all zones, RFC 1034 §4.3.2.
    ///
    /// - Parameter now: seconds since 1970, for signatures.
    func response(to query: DNSMessage, now: Int64 = 0) -> DNSMessage {
        var response = DNSMessage(answering: query)
        guard let question = query.question else {
            response.rcode = 1
            return response
        }
        // Asked without recursion it is an authority for its zones.
        if query.serverID != nil { response.serverID = "lab" }
        response.cookie = query.cookie.flatMap { DNSCookie(client: $0.client, server: $0.client.map { ~$0 }) }
        response.isAuthoritative = !query.recursionDesired && zone(of: question.name) != nil
        let absence = answer(question, &response)
        if query.wantsSignatures {
            response.wantsSignatures = true
            sign(&response, absence: absence, now: now)
        }
        return response
    }

    /// - Returns: where the question ended without records; `nil` if there are some, or where that is in no zone.
    private func answer(
        _ question: DNSQuestion, _ response: inout DNSMessage
    ) -> (name: DNSName, exists: Bool, zone: LabZone)? {
        var name = question.name
        for _ in 0...DNSMessage.aliasLimit {
            let zone = question.type == .ds ? parent(of: name) ?? zone(of: name) : zone(of: name)
            let content = zone.flatMap { contents[$0.origin] }
            var here = (content?.records[name] ?? []) + securityRecords(of: name, question.type)
            if let zone, name == zone.origin, !here.contains(where: { $0.type == .soa }) {
                here.append(zone.startOfAuthority)
            }
            let wanted = here.filter { $0.type == question.type }
            response.answers += wanted
            if !wanted.isEmpty { return nil }
            if let alias = here.first(where: { $0.type == .cname }), case .name(let target) = alias.data {
                response.answers.append(alias)
                name = target
                continue
            }
            // A name exists if something has it, or lies below it (RFC 8020): a record, or another zone.
            let exists =
                content?.names.contains(name) == true
                || zones.contains { $0.origin.isWithin(name) && $0.origin != .root }
            response.rcode = exists || zone?.origin == name ? 0 : 3
            response.authority = [(zone ?? LabZone(.root)).startOfAuthority]
            return zone.map { (name, response.rcode == 0, $0) }
        }
        return nil
    }
}
