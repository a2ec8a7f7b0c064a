import DNS
import SMTP
import TLS

/// The one key of a signed zone of the lab, made of the zone's name; its DNSKEY, DS and RRSIG records, RFC 4034.
struct ZoneKey {
    /// Ed25519, RFC 8080 §4.
    private static let algorithm: UInt8 = 15
    /// The zone key, and an entry point: it signs itself and everything else.
    private static let flags: UInt16 = 257

    private let origin: DNSName
    private let key: SigningKey
    /// The RDATA of the DNSKEY record.
    private let record: [UInt8]

    /// `nil` where OpenSSL has no Ed25519. `generation` gives another key of the same zone.
    init?(of origin: DNSName, generation: Int = 0) {
        let words = "\(origin) \(generation)".lowercased()
        guard let seed = SASLFunctions.openSSL.hash(.sha256, Array(words.utf8)), let key = SigningKey(seed: seed) else {
            return nil
        }
        (self.origin, self.key) = (origin, key)
        record = Self.bytes(Self.flags) + [3, Self.algorithm] + key.publicKey
    }

    /// RFC 4034 §2.
    var zoneKey: ResourceRecord { ResourceRecord(origin, .dnskey, ttl: ZoneText.ttl, .other(record)) }

    /// The digest for the zone above, RFC 4034 §5, by SHA-256 (RFC 4509).
    var delegationSigner: ResourceRecord? {
        let owner = MessageEncoder.canonicalBytes(of: ResourceRecord(origin, .a, ttl: 0, .other([]))).dropLast(10)
        guard let digest = SASLFunctions.openSSL.hash(.sha256, owner + record) else { return nil }
        let data = Self.bytes(tag) + [Self.algorithm, 2] + digest
        return ResourceRecord(origin, .ds, ttl: ZoneText.ttl, .other(data))
    }

    /// The signature of records with one name and type, RFC 4034 §3.
    ///
    /// - Parameters:
    ///   - span: when it begins and ends, in seconds since 1970.
    ///   - isForged: the records were others when they were signed.
    func signature(of records: [ResourceRecord], span: ClosedRange<Int64>, isForged: Bool) -> ResourceRecord? {
        guard let first = records.first else { return nil }
        let (start, end) = (UInt32(truncatingIfNeeded: span.lowerBound), UInt32(truncatingIfNeeded: span.upperBound))
        var head = Self.bytes(first.type.value) + [Self.algorithm, UInt8(clamping: first.name.labels.count)]
        for value in [first.ttl, end, start] {
            head += Self.bytes(UInt16(value >> 16)) + Self.bytes(UInt16(value & 0xFFFF))
        }
        head += Self.bytes(tag)
        head += MessageEncoder.canonicalBytes(of: ResourceRecord(origin, .a, ttl: 0, .other([]))).dropLast(10)
        let prefix = first.name.wireLength + 10
        let all = records.map(MessageEncoder.canonicalBytes).sorted {
            $0.dropFirst(prefix).lexicographicallyPrecedes($1.dropFirst(prefix))
        }
        guard let signature = key.signature(of: head + all.joined() + (isForged ? [0] : [])) else { return nil }
        return ResourceRecord(first.name, .rrsig, ttl: first.ttl, .other(head + signature))
    }

    /// RFC 4034 appendix B.
    private var tag: UInt16 {
        var sum: UInt32 = 0
        for (index, byte) in record.enumerated() { sum += index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte) }
        return UInt16(truncatingIfNeeded: sum + sum >> 16)
    }

    private static func bytes(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
}
