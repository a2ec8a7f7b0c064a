/// What of an RRSIG record tells how long it holds, RFC 4034 §3.1.
struct RecordSignature: Hashable, Sendable {
    /// The type that it signs.
    let covered: RecordType
    /// Seconds since 1970, modulo 2³².
    let end: UInt32

    /// `nil` if the record is no RRSIG, or one that is cut.
    init?(_ record: ResourceRecord) {
        guard record.type == .rrsig, case .other(let bytes) = record.data, bytes.count > 18 else { return nil }
        covered = RecordType(UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        end = bytes[8..<12].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
