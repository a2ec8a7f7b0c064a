import DNS

/// One zone of the lab, and how its server behaves.
public struct LabZone: Sendable {
    /// What comes of a question for a name in the zone.
    public enum Conduct: Hashable, Sendable {
        /// The records, NXDOMAIN or NODATA.
        case answer
        /// As `answer`, after a while.
        case answerLate(Duration)
        /// Nothing at all.
        case silent
        /// RCODE 5.
        case refused
        /// RCODE 2.
        case serverFailure
        /// A referral up to the root, as of a server that does not know the zone.
        case lame
        /// A message with a compression pointer that points forwards.
        case malformed
        /// RCODE 4.
        case notImplemented
        /// RCODE 1 to whoever asks with EDNS, and the records to others, RFC 6891 §7.
        case withoutEDNS
        /// Every datagram is cut, and over TCP comes nothing.
        case withoutTCP
        /// Datagrams with another id and another question come first.
        case strays
        /// Bytes behind the last record.
        case trailing
    }

    /// The name at the top of the zone.
    public var origin: DNSName
    /// How its server behaves.
    public var conduct: Conduct
    /// How it is signed.
    public var signing = ZoneSigning.none
    /// Its records, in any order.
    public var records: [ResourceRecord]

    /// A zone that answers unless said otherwise.
    public init(_ origin: DNSName, _ conduct: Conduct = .answer, records: [ResourceRecord] = []) {
        (self.origin, self.conduct, self.records) = (origin, conduct, records)
    }

    /// The SOA that stands in the authority section of an absence, RFC 2308 §3.
    var startOfAuthority: ResourceRecord {
        ResourceRecord(
            origin, .soa, ttl: 60,
            .startOfAuthority(primary: origin.under("ns") ?? origin, serial: 2026_01_01, minimum: 60))
    }
}
