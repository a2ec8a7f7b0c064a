import MailVocabulary

extension TraceRule {
    private static let kind = FindingKind("log.banner.delayed", .failure, .rfc(5321, "4.5.3.2.1"))

    /// The client left before it was greeted: the gateway was waiting for DNS.
    static let bannerDelayed = TraceRule(mayFind: [kind], evidence: ["lost-before-banner"]) { trace in
        guard trace.verdict == "lost-before-banner" else { return [] }
        return [Finding(kind, about: trace.address?.description ?? trace.host, trace.phrase)]
    }
}
