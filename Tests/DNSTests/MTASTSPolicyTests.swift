import DNS
import MailVocabulary
import TestSupport
import Testing

@Suite("MTA-STS policy")
struct MTASTSPolicyTests {
    private static let good = "version: STSv1\nmode: enforce\nmx: mx1.test\nmx: *.backup.test\nmax_age: 604800\n"

    @Test("reads what RFC 8461 §3.2 allows")
    func reads() throws {
        for text in [
            Self.good, Self.good.replacing("\n", with: "\r\n"), Self.good + "future: thing\n\n",
            "mode:enforce\nmx:mx1.test\nmx:*.backup.test\nmax_age:604800\nversion:STSv1",
            Self.good + "mode: none\nmax_age: 1\n",
        ] {
            let policy = try MTASTSPolicy(Array(text.utf8))
            #expect(policy.mode == .enforce && policy.maxAge == 604_800, "\(text)")
            #expect(policy.patterns == ["mx1.test", "*.backup.test"])
        }
        #expect(try MTASTSPolicy(Array("version: STSv1\nmode: none\nmax_age: 0".utf8)).mode == .none)
    }

    @Test("says what is wrong with a policy")
    func faults() {
        let cases = [
            ("", "version"), ("version: STSv2\nmode: none\nmax_age: 0", "STSv2"),
            ("version: STSv1\nmode: maybe\nmx: a\nmax_age: 0", "mode"),
            ("version: STSv1\nmode: enforce\nmx: a", "max_age"),
            ("version: STSv1\nmode: enforce\nmx: a\nmax_age: 99999999", "max_age"),
            ("version: STSv1\nmode: enforce\nmax_age: 9", "mx"), ("<html>", "colon"),
        ]
        for (text, word) in cases {
            let fault = #expect(throws: MTASTSPolicy.Fault.self) { try MTASTSPolicy(Array(text.utf8)) }
            #expect(fault?.description.contains(word) == true, "\(text)")
        }
    }

    @Test("covers hosts by name, and by one label of a pattern")
    func covers() throws {
        let policy = try MTASTSPolicy(Array(Self.good.utf8))
        for (host, isCovered) in [
            ("MX1.test", true), ("mx2.test", false), ("a.backup.test", true), ("a.b.backup.test", false),
            ("backup.test", false),
        ] {
            #expect(policy.covers(try DNSName(reading: host)) == isCovered, "\(host)")
        }
    }

    @Test("survives random bytes")
    func random() {
        var generator = SeededBytes(seed: 8461)
        for count in 0..<400 { _ = try? MTASTSPolicy(generator.bytes(count)) }
    }

    private func codes(_ policy: PolicyFetch.Outcome, mx: String) throws -> [String] {
        let answering = try Answering("policy").with(
            "example.test MX 10 \(mx)", "_mta-sts.example.test TXT v=STSv1; id=1;", "\(mx) A 192.0.2.1")
        var examination = DNSExamination(subject: .example)
        var taken: [DNSName] = []
        for _ in 0..<20 where !examination.isFinished {
            for question in examination.takeQuestions() { examination.insert(answering.answer(to: question)) }
            if let domain = examination.takePolicyDomain() { taken.append(domain) }
        }
        #expect(taken == [try DNSName(reading: "example.test")], "the policy is fetched once")
        examination.insert(PolicyFetch(of: taken[0], policy, took: .zero))
        return examination.findings.map(\.kind.code).filter {
            $0.hasPrefix("dns.mta-sts") && $0 != "dns.mta-sts.announced"
        }
    }

    @Test("holds the exchangers against the policy")
    func checks() throws {
        let text = { (mode: String, age: Int) in
            PolicyFetch.Outcome.text(Array("version: STSv1\nmode: \(mode)\nmx: mx1.test\nmax_age: \(age)".utf8))
        }
        #expect(try codes(text("enforce", 604_800), mx: "mx1.test") == ["dns.mta-sts.policy"])
        #expect(try codes(text("enforce", 604_800), mx: "mx2.test") == ["dns.mta-sts.mx-not-listed"])
        #expect(
            try codes(text("testing", 60), mx: "mx2.test") == [
                "dns.mta-sts.mode", "dns.mta-sts.short-age", "dns.mta-sts.mx-not-listed",
            ])
        #expect(try codes(text("none", 0), mx: "mx2.test") == ["dns.mta-sts.mode"])
        #expect(try codes(.failed("it answers with HTTP 404"), mx: "mx1.test") == ["dns.mta-sts.policy-fails"])
        #expect(try codes(.text(Array("<html>".utf8)), mx: "mx1.test") == ["dns.mta-sts.policy-syntax"])
    }

    @Test("holds the host's certificate against the policy")
    func hosts() throws {
        let (host, domain) = (try DNSName(reading: "mx1.test"), try DNSName(reading: "example.test"))
        for (mode, severity) in [("enforce", Severity.failure), ("testing", .warning)] {
            var answers = DNSAnswers()
            let text = "version: STSv1\nmode: \(mode)\nmx: mx1.test\nmax_age: 604800"
            answers.policy = PolicyFetch(of: domain, .text(Array(text.utf8)), took: .zero)
            let judge = { (hasTLS: Bool, objection: String?) in
                MTASTSJudgement(of: host, domain: domain, answers: answers, hasTLS: hasTLS, objection: objection)
                    .finding?.kind.severity
            }
            #expect(judge(true, nil) == .fine)
            #expect(judge(true, "certificate has expired") == severity && judge(false, nil) == severity)
        }
    }
}
