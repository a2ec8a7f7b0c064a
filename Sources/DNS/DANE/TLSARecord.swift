/// What a TLSA record says, RFC 6698 §2.1.
public struct TLSARecord: Hashable, Sendable, CustomStringConvertible {
    /// 0 and 1 lean on the certificate authorities of the web; mail uses 2, an authority of one's own (DANE-TA), and 3, the server's
    /// own certificate (DANE-EE), RFC 7672 §3.1.
    public var usage: UInt8
    /// 0 the whole certificate, 1 its subjectPublicKeyInfo.
    public var selector: UInt8
    /// 0 as it is, 1 SHA-256, 2 SHA-512.
    public var matchingType: UInt8
    /// What must be equal.
    public var data: [UInt8]

    /// Reads the bytes; numbers that are cut off count as 255, which is never usable.
    public init(_ bytes: [UInt8]) {
        let padded = bytes + [255, 255, 255].dropFirst(min(3, bytes.count))
        (usage, selector, matchingType, data) = (padded[0], padded[1], padded[2], Array(padded[3...]))
    }

    /// The records of a lookup.
    static func all(_ lookup: DNSLookup) -> [TLSARecord] {
        lookup.records.compactMap {
            guard case .other(let bytes) = $0.data else { return nil }
            return TLSARecord(bytes)
        }
    }

    /// Usage 2 or 3, selector 0 or 1, matching type 0 to 2 with its length: what mail can use, RFC 7672 §3.1.
    public var isUsable: Bool {
        guard usage == 2 || usage == 3, selector < 2 else { return false }
        switch matchingType {
        case 0: return true
        case 1: return data.count == 32
        case 2: return data.count == 64
        default: return false
        }
    }

    /// Whether a certificate is the one that is meant.
    func matches(_ certificate: PresentedCertificate) -> Bool {
        let forms = selector == 0 ? certificate.certificate : certificate.key
        return Int(matchingType) < forms.count && forms[Int(matchingType)] == data
    }

    /// `3 1 1 8cb0fc6c527506a0…`.
    public var description: String {
        let digest = data.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "\(usage) \(selector) \(matchingType) \(digest)\(data.count > 8 ? "…" : "")"
    }
}
