import MailVocabulary

/// A promise of the DNS beside the certificates that the host really presented, RFC 7672 §3.
public struct DANEJudgement: Hashable, Sendable {
    static let matches = FindingKind("dns.dane.matches", .fine, .rfc(7672, "3.1"))
    static let mismatch = FindingKind("dns.dane.mismatch", .failure, .rfc(7672, "3.1"))
    static let wrongName = FindingKind("dns.dane.wrong-name", .failure, .rfc(7672, "3.2.1"))
    static let withoutTLS = FindingKind("dns.dane.no-tls", .failure, .rfc(7672, "2.2"))
    static let rollover = FindingKind("dns.dane.rollover", .note, .rfc(7671, "8.1"))

    /// Every kind of finding that a judgement can give.
    public static let kinds = [matches, mismatch, wrongName, withoutTLS, rollover]

    /// What it comes to.
    public enum Result: Hashable, Sendable {
        /// Nothing is promised, or nobody may rely on it.
        case notApplicable
        /// TLS is forced, and nothing verified: no record can be used.
        case unusable
        /// A record is met, by the certificate at this place of the chain.
        case match(TLSARecord, depth: Int)
        /// No record is met.
        case mismatch
        /// A record of usage 2 is met, and the server's certificate has none of the names.
        case wrongName(TLSARecord)
        /// The host did not start TLS, which a promise demands.
        case withoutTLS
    }

    /// What was promised.
    public let promise: DANEPromise
    /// What it comes to.
    public let result: Result
    private let chain: [PresentedCertificate]
    /// Where the promise was not judged by DNSSEC, its comparison still tells something.
    private let isCertain: Bool

    /// - Parameters:
    ///   - domain: The mail domain, a second name that a certificate may have (RFC 7672 §3.2.1).
    ///   - chain: As the host presented it, its own first; `nil` when it did not start TLS.
    public init(_ promise: DANEPromise, domain: DNSName?, chain: [PresentedCertificate]?) {
        (self.promise, self.chain) = (promise, chain ?? [])
        switch promise.standing {
        case .secure: isCertain = true
        case .notJudged: isCertain = false
        case .open, .none, .failed, .insecure, .bogus:
            (isCertain, result) = (false, .notApplicable)
            return
        }
        let usable = promise.usable
        guard let chain else {
            result = promise.records.isEmpty ? .notApplicable : .withoutTLS
            return
        }
        guard !usable.isEmpty else {
            result = promise.records.isEmpty ? .notApplicable : .unusable
            return
        }
        let names = [promise.base, promise.host] + (domain.map { [$0] } ?? [])
        result = Self.compare(usable, chain, names)
    }

    private static func compare(
        _ records: [TLSARecord], _ chain: [PresentedCertificate], _ names: [DNSName]
    ) -> Result {
        var nameless: TLSARecord?
        for record in records {
            if record.usage == 3 {
                // Neither names nor dates count, RFC 7672 §3.1.1.
                if let own = chain.first, record.matches(own) { return .match(record, depth: 0) }
                continue
            }
            guard let depth = chain.firstIndex(where: { $0.isAnchor && record.matches($0) }) else { continue }
            if let own = chain.first, names.contains(where: own.isFor) { return .match(record, depth: depth) }
            nameless = nameless ?? record
        }
        return nameless.map { .wrongName($0) } ?? .mismatch
    }

    /// What it says, as findings; empty where nothing is promised.
    public var findings: [Finding] {
        let host = promise.host
        let finding = { Finding($0, about: host.description, $1) }
        let proviso: Phrase = isCertain ? "" : " (if DNSSEC signs the record, which was not judged)"
        let list = promise.usable.prefix(4).map(\.description).joined(separator: ", ")
        switch result {
        case .notApplicable, .unusable:
            return []
        case .withoutTLS:
            let message: Phrase =
                "\(host) promises its certificate by DANE and did not start TLS: senders with DANE do not deliver\(proviso)"
            return [finding(Self.withoutTLS, message)]
        case .match(let record, let depth):
            let what: Phrase =
                depth == 0 ? "the certificate of \(host)" : "certificate \(depth + 1) of the chain of \(host)"
            var findings = [finding(Self.matches, "\(what) is the one that TLSA \(record) promises\(proviso)")]
            let idle = promise.usable.filter { record in !chain.contains(where: record.matches) }
            if !idle.isEmpty {
                let others = idle.prefix(4).map(\.description).joined(separator: ", ")
                let message: Phrase =
                    "\(host) promises another certificate too (\(others)): a rollover, or a record that was left behind"
                findings.append(finding(Self.rollover, message))
            }
            return findings
        case .mismatch:
            let seen: Phrase = chain.first.map { " (its key is 3 1 1 \(Self.short($0)))" } ?? ""
            let message: Phrase =
                "no certificate of \(host) is one that TLSA promises (\(list))\(seen): senders with DANE do not "
                + "deliver\(proviso)"
            return [finding(Self.mismatch, message)]
        case .wrongName(let record):
            let names = chain.first?.names.prefix(4).joined(separator: ", ") ?? ""
            let message: Phrase =
                "TLSA \(record) promises an authority of \(host)'s own, and its certificate is for other names "
                + "(\(names)): senders with DANE do not deliver\(proviso)"
            return [finding(Self.wrongName, message)]
        }
    }

    private static func short(_ certificate: PresentedCertificate) -> String {
        guard certificate.key.count > 1 else { return "unknown" }
        return certificate.key[1].prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "…"
    }
}
