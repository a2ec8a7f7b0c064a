import DNS
import MailVocabulary
import SMTP

/// What a session showed of a host's TLS, beside what the DNS and the policy promise of it: DANE (RFC 7672) and MTA-STS (RFC 8461).
public struct TransportJudgement: Hashable, Sendable {
    static let notReached = FindingKind("dns.dane.not-reached", .unknown, .rfc(5321, "4.5.3.2.1"))

    /// Every kind of finding that a judgement can give.
    public static let kinds = [notReached] + DANEJudgement.kinds + MTASTSJudgement.kinds

    /// DANE first.
    public let findings: [Finding]

    /// - Parameters:
    ///   - host: As the MX names it.
    ///   - session: As far as it went; one that is still before STARTTLS gives nothing.
    public init(of host: DNSName, domain: DNSName, answers: DNSAnswers, session: SessionRecord) {
        let promise = DANEPromise(of: host, from: answers)
        let chain = session.tls.map { $0.chain.compactMap(PresentedCertificate.init) }
        let isPlain = session.tls == nil && Self.hasDecidedAgainstTLS(session)
        guard session.tls != nil || isPlain else {
            guard session.closed != nil else {
                findings = []
                return
            }
            let message: Phrase =
                "\(host) was not reached, so that its certificate could not be seen: \(Phrase(said: session.closed?.words ?? ""))"
            findings = [Finding(Self.notReached, about: host.description, message)]
            return
        }
        let isKnown = chain.map { !$0.isEmpty } ?? true
        let dane = isKnown ? DANEJudgement(promise, domain: domain, chain: chain).findings : []
        let policy = MTASTSJudgement(
            of: host, domain: domain, answers: answers, hasTLS: session.tls != nil,
            objection: session.tls?.objections.first?.text)
        findings = dane + [policy.finding].compactMap { $0 }
    }

    /// The host said what it can, and STARTTLS is not among it, or was refused.
    private static func hasDecidedAgainstTLS(_ session: SessionRecord) -> Bool {
        guard !session.capabilities.isEmpty else { return false }
        if !session.capabilities.contains(where: { $0.name == "STARTTLS" }) { return true }
        return session.closed != nil
    }
}

extension PresentedCertificate {
    /// `nil` for a certificate that was read from a file, which keeps no bytes.
    init?(_ certificate: TLSFacts.Certificate) {
        guard let association = certificate.association else { return nil }
        self.init(
            certificate: association.certificate, key: association.key, names: certificate.names,
            isAnchor: association.isAnchor)
    }
}
