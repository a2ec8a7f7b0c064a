import MailVocabulary

/// An MTA-STS policy beside the TLS that a host really offers, RFC 8461 §4.2.
public struct MTASTSJudgement: Hashable, Sendable {
    static let meets = FindingKind("dns.mta-sts.host-meets", .fine, .rfc(8461, "4.2"))
    static let fails = FindingKind("dns.mta-sts.host-fails", .failure, .rfc(8461, "4.2"))
    /// While the policy is only tested, mail comes through.
    static let failsYet = FindingKind("dns.mta-sts.host-fails", .warning, .rfc(8461, "4.2"))

    /// Every kind of finding that a judgement can give.
    public static let kinds = [meets, fails, failsYet]

    /// What it says; `nil` where no policy applies to the host.
    public let finding: Finding?

    /// - Parameters:
    ///   - answers: With the policy, if one was fetched.
    ///   - objection: What a verifier with the web's authorities objects to, names included; `nil` when it is content.
    ///   - hasTLS: The host did start TLS.
    public init(of host: DNSName, domain: DNSName, answers: DNSAnswers, hasTLS: Bool, objection: String?) {
        guard case .text(let bytes)? = answers.policy?.outcome, let policy = try? MTASTSPolicy(bytes),
            policy.mode != .none, policy.covers(host)
        else {
            finding = nil
            return
        }
        let about = host.description
        guard !hasTLS || objection != nil else {
            let message: Phrase = "\(host) meets the MTA-STS policy of \(domain): its certificate is valid for it"
            finding = Finding(Self.meets, about: about, message)
            return
        }
        let reason = hasTLS ? "its certificate is not valid (\(objection ?? ""))" : "it does not start TLS"
        let end: Phrase = policy.mode == .enforce ? "senders do not deliver to it" : "senders report it"
        let message: Phrase =
            "\(host) does not meet the MTA-STS policy of \(domain) (\(policy.mode.rawValue)): \(reason); \(end)"
        finding = Finding(policy.mode == .enforce ? Self.fails : Self.failsYet, about: about, message)
    }
}
