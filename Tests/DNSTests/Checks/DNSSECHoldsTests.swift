import DNS
import MailVocabulary
import Testing

@Suite("Check of DNSSEC")
struct DNSSECHoldsTests {
    private let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)

    private func answer(_ name: String, _ type: RecordType, _ verdict: DNSSECVerdict?) throws -> DNSAnswer {
        let question = DNSQuestion(try DNSName(reading: name), type)
        let exchanger = ResourceRecord(
            question.name, .mx, ttl: 60, .exchange(MailExchanger(10, try DNSName(reading: "mx.example.test"))))
        var answer = DNSAnswer(
            question, from: server, type == .mx ? .found([exchanger]) : .absent(.noSuchRecord), took: .milliseconds(3))
        answer.verdict = verdict
        return answer
    }

    /// The codes of the findings about DNSSEC, with the verdicts inserted after the plain answers.
    private func findings(_ answers: [DNSAnswer]) -> [Finding] {
        var examination = DNSExamination(subject: .example)
        for answer in answers {
            var plain = answer
            plain.verdict = nil
            examination.insert(plain)
        }
        #expect(!examination.findings.contains { $0.kind.code.hasPrefix("dns.dnssec") && answers[0].verdict != nil })
        for answer in answers { examination.insert(answer) }
        #expect(examination.answers.inOrder.count == answers.count, "a verdict takes the place of its answer")
        return examination.findings.filter { $0.kind.code.hasPrefix("dns.dnssec") }
    }

    @Test("says what a validator makes of the MX")
    func verdicts() throws {
        let cases: [(DNSSECVerdict?, [String])] = [
            (.secure, ["dns.dnssec.secure"]), (.insecure, ["dns.dnssec.insecure"]),
            (.bogus("signature expired"), ["dns.dnssec.bogus"]), (.unknown(.stripped), ["dns.dnssec.not-validated"]),
            (.unknown(.late), ["dns.dnssec.not-validated"]), (nil, []),
        ]
        for (verdict, codes) in cases {
            #expect(
                findings([try answer("example.test", .mx, verdict)]).map(\.kind.code) == codes,
                "\(String(describing: verdict))")
        }
    }

    @Test("says nothing of the MX of a domain that has none")
    func withoutExchangers() throws {
        let question = DNSQuestion(try DNSName(reading: "example.test"), .mx)
        var answer = DNSAnswer(question, from: server, .absent(.noSuchName), took: .milliseconds(3))
        for verdict in [DNSSECVerdict.secure, .insecure] {
            answer.verdict = verdict
            #expect(findings([answer]).isEmpty)
        }
    }

    @Test("says one reason once, with the names that it spoils")
    func folded() throws {
        let bogus = try ["a.test", "b.test", "c.test", "d.test", "e.test"].map {
            try answer($0, .a, .bogus("signature expired"))
        }
        let found = findings(bogus)
        #expect(found.count == 1)
        #expect(found.first?.message.contains("a.test A, b.test A, c.test A, d.test A and 1 more is bogus") == true)
    }

    @Test("gives the validator's reason where a resolver says SERVFAIL")
    func serverFailure() throws {
        var answer = try answer("example.test", .mx, .bogus("signature expired"))
        answer.outcome = .serverFailure
        var examination = DNSExamination(subject: .example)
        examination.insert(answer)
        let messages = examination.findings.filter { $0.kind.code == "dns.lookup.servfail" }.map(\.message)
        #expect(messages.first?.hasSuffix("DNSSEC is bogus: signature expired") == true)
    }

    @Test("warns of a signature that ends soon, or has ended")
    func endings() throws {
        for (seconds, words) in [(9 * 3600, "ends in 9 h"), (-1800, "ended 30 min ago"), (4 * 86_400, "")] {
            var answer = try answer("example.test", .mx, nil)
            answer.signatureLeft = seconds
            var examination = DNSExamination(subject: .example)
            examination.insert(answer)
            let found = examination.findings.filter { $0.kind.code == "dns.dnssec.signature-ends" }
            #expect(found.isEmpty == words.isEmpty && found.allSatisfy { $0.message.contains(words) })
        }
    }

    @Test("looks for a verdict only where one tells something")
    func wanted() throws {
        let found = try answer("example.test", .mx, nil)
        #expect(DNSSubject.example.wantsVerdict(on: found))
        #expect(!DNSSubject.example.wantsVerdict(on: try answer("example.test", .mx, .secure)))
        #expect(!DNSSubject.example.wantsVerdict(on: try answer("example.test", .ns, nil)))
        var silent = found
        silent.outcome = .silent
        #expect(!DNSSubject.example.wantsVerdict(on: silent))
        #expect(!DNSSubject.address(IPAddress(v4: 192, 0, 2, 1), role: .target).wantsVerdict(on: found))
    }
}
