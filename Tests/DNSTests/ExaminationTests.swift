import DNS
import MailVocabulary
import Testing

@Suite("Examination")
struct ExaminationTests {
    private func run(_ answering: Answering, _ subject: DNSSubject) -> DNSExamination {
        var examination = DNSExamination(subject: subject)
        var waves = 0
        while !examination.isFinished, waves < 20 {
            waves += 1
            for question in examination.takeQuestions() { examination.insert(answering.answer(to: question)) }
        }
        return examination
    }

    @Test("asks everything that needs no other answer at once")
    func firstQuestions() {
        let examination = DNSExamination(subject: .example)
        #expect(
            examination.pendingQuestions.map(\.description) == [
                "example.test MX", "example.test TXT", "_dmarc.example.test TXT", "_mta-sts.example.test TXT",
                "_smtp._tls.example.test TXT", "default._bimi.example.test TXT", "porthole-probe.invalid A",
            ])
        #expect(!examination.isFinished)
    }

    @Test("does not name a question again that was taken or answered")
    func taking() throws {
        let answering = try Answering("base").with("example.test MX 10 mx1.test", "mx1.test A 192.0.2.1")
        var examination = DNSExamination(subject: .example)
        let taken = examination.takeQuestions()
        #expect(examination.pendingQuestions.isEmpty)
        examination.insert(answering.answer(to: taken[0]))
        #expect(
            examination.pendingQuestions.map(\.description) == [
                "mx1.test A", "mx1.test AAAA", "_25._tcp.mx1.test TLSA",
            ])
        #expect(examination.underWay == Set(taken.dropFirst()))
        #expect(
            run(answering, .example).answers.inOrder.count
                == Set(run(answering, .example).answers.inOrder.map(\.question)).count)
    }

    @Test("has the findings of every check at the end, worst and best")
    func findings() throws {
        let answering = try Answering("good").with(
            "example.test MX 10 mx1.test", "mx1.test A 192.0.2.1", "example.test TXT v=spf1 mx -all",
            "_dmarc.example.test TXT v=DMARC1; p=reject")
        let examination = run(answering, .example)
        #expect(examination.isFinished)
        #expect(
            examination.findings.map(\.kind.code) == [
                "dns.mx.found", "dns.mx.target-resolves", "dns.spf.single", "dns.spf.cost",
                "dns.dmarc.published", "dns.dmarc.enforced", "dns.mta-sts.none", "dns.tls-rpt.none",
            ])
        #expect(examination.findings.allSatisfy { $0.kind.severity <= .note })
    }

    @Test(
        "finishes whatever is answered",
        arguments: ["silent", "refused", "servfail", "lame", "malformed", "unreachable"])
    func faults(_ outcome: String) throws {
        let answering = try Answering(outcome).with(
            "example.test MX \(outcome)", "example.test TXT \(outcome)", "_dmarc.example.test TXT \(outcome)")
        let examination = run(answering, .example)
        #expect(examination.isFinished)
        #expect(examination.findings.allSatisfy { $0.kind.severity == .unknown })
        #expect(examination.findings.count == 3)
    }

    @Test("has checks with names of their own and kinds that are dotted")
    func registry() {
        #expect(Set(DNSCheck.all.map(\.name)).count == DNSCheck.all.count)
        for kind in DNSCheck.all.flatMap(\.mayFind) {
            #expect(
                kind.code.hasPrefix("dns.") && ["RFC ", "BIMI "].contains(where: kind.citation.description.hasPrefix))
        }
    }

    @Test("makes the table of mail exchangers on the way")
    func table() throws {
        let domain = try DNSName(reading: "example.test")
        let answering = try Answering("table").with(
            "example.test MX 20 mx2.test", "example.test MX 10 mx1.test", "example.test MX 30 192.0.2.30",
            "mx1.test A 192.0.2.1", "mx1.test AAAA 2001:db8::1")
        #expect(ExchangerTable(of: domain, from: DNSAnswers()).pendingQuestions == [DNSQuestion(domain, .mx)])
        let table = ExchangerTable(of: domain, from: run(answering, .example).answers)
        #expect(table.rows.map(\.name.description) == ["mx1.test", "mx2.test", "192.0.2.30"])
        #expect(table.rows.map(\.addresses.count) == [2, 0, 1])
        #expect(table.rows[1].problem == "mx2.test does not exist (NXDOMAIN)")
        #expect(table.pendingQuestions.isEmpty && table.problem == nil)
    }

    @Test("makes a table without rows that says why")
    func emptyTable() throws {
        let domain = try DNSName(reading: "example.test")
        let table = { (lines: [String]) in
            var answering = Answering("")
            for line in lines { answering = try answering.with(line) }
            return ExchangerTable(of: domain, from: self.run(answering, .example).answers)
        }
        #expect(try table(["example.test MX 0 ."]).isNull)
        #expect(try table(["example.test MX nodata"]).problem?.contains("no MX") == true)
        #expect(try table(["example.test MX servfail"]).problem?.contains("SERVFAIL") == true)
        let implicit = try table(["example.test MX nodata", "example.test A 192.0.2.1"])
        #expect(implicit.isImplicit && implicit.rows.map(\.name) == [domain])
    }
}
