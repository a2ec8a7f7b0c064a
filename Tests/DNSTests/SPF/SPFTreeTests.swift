import DNS
import MailVocabulary
import Testing

@Suite("SPF record with all that it includes")
struct SPFTreeTests {
    private func examine(_ lines: [String]) throws -> DNSExamination {
        var answering = Answering("tree")
        for line in lines { answering = try answering.with(line) }
        var examination = DNSExamination(subject: .example)
        for _ in 0..<40 where !examination.isFinished {
            for question in examination.takeQuestions() { examination.insert(answering.answer(to: question)) }
        }
        return examination
    }

    private func codes(_ lines: String...) throws -> [String] {
        try examine(lines).findings.map(\.kind.code).filter { $0.hasPrefix("dns.spf.") && $0 != "dns.spf.single" }
    }

    @Test("counts a record that is all right")
    func good() throws {
        let examination = try examine([
            "example.test TXT v=spf1 mx include:a.test ip4:192.0.2.1 -all", "example.test MX 10 mx.test",
            "a.test TXT v=spf1 a:b.test -all", "b.test A 192.0.2.7",
        ])
        let tree = try #require(examination.spfTree)
        #expect(tree.lookups == 3 && tree.voids == 0 && !tree.isLowerBound)
        #expect(tree.root.branches.map(\.number) == [1, 2, nil, nil])
        #expect(tree.root.branches[1].nodes[0].branches[0].number == 3)
        #expect(tree.root.branches[1].nodes[0].branches[0].remark?.description == "192.0.2.7")
        #expect(examination.findings.contains { $0.kind.code == "dns.spf.cost" })
    }

    @Test("finds each fault by its name")
    func faults() throws {
        let a = "example.test A 192.0.2.1"
        #expect(try codes("example.test TXT v=spf1 +all", a) == ["dns.spf.passes-all", "dns.spf.cost"])
        #expect(try codes("example.test TXT v=spf1 ?all", a) == ["dns.spf.neutral-to-all", "dns.spf.cost"])
        #expect(try codes("example.test TXT v=spf1 a", a) == ["dns.spf.no-end", "dns.spf.cost"])
        #expect(try codes("example.test TXT v=spf1 -all a", a) == ["dns.spf.after-all", "dns.spf.cost"])
        #expect(try codes("example.test TXT v=spf1 ptr -all", a) == ["dns.spf.ptr", "dns.spf.cost"])
        #expect(try codes("example.test TXT v=spf1 ip4:1.2.3 -all", a) == ["dns.spf.syntax"])
        #expect(try codes("example.test TXT v=spf1 include:gone.test -all", a) == ["dns.spf.include-none"])
        #expect(
            try codes("example.test TXT v=spf1 include:b.test -all", "b.test TXT v=spf1 a", "b.test TXT v=spf1 mx")
                == ["dns.spf.include-multiple"])
        #expect(
            try codes("example.test TXT v=spf1 include:b.test -all", "b.test TXT v=spf1 include:example.test")
                == ["dns.spf.loop"])
        #expect(try codes("example.test TXT v=spf1 a:x.test a:y.test mx:z.test -all", a) == ["dns.spf.voids"])
        #expect(
            try codes("example.test TXT v=spf1 include:a.test|include:b.test -all", a)
                == ["dns.spf.include-none", "dns.spf.glued"])
        #expect(try codes("example.test TXT v=spf1 ip4:192.0.|2.1 -all", a) == ["dns.spf.cost"])
    }

    @Test("names the term at which receivers stop, and asks no more than ten")
    func tooMany() throws {
        let includes = (1...12).map { "include:i\($0).test" }.joined(separator: " ")
        let examination = try examine(
            ["example.test TXT v=spf1 \(includes) -all"] + (1...12).map { "i\($0).test TXT v=spf1 ip4:192.0.2.\($0)" })
        let finding = try #require(examination.findings.first { $0.kind.code == "dns.spf.lookups" })
        #expect(
            finding.message
                == "SPF of example.test needs at least 12 lookups; 10 are allowed: receivers stop at include:i11.test "
                + "of example.test with a permanent error")
        let asked = examination.answers.inOrder.filter { $0.question.name.labels.first?.first == UInt8(ascii: "i") }
        #expect(asked.count == 10)
    }

    @Test("goes eight records deep, one level at a time")
    func deep() throws {
        let lines = (1...7).map { "d\($0).test TXT v=spf1 include:d\($0 + 1).test -all" }
        let examination = try examine(
            ["example.test TXT v=spf1 include:d1.test -all", "d8.test TXT v=spf1 -all"] + lines)
        #expect(examination.spfTree?.lookups == 8)
        #expect(examination.findings.contains { $0.kind.code == "dns.spf.cost" })
    }

    @Test("says of a part that is not answered that it is not known")
    func unanswered() throws {
        let examination = try examine(["example.test TXT v=spf1 include:b.test -all", "b.test TXT servfail"])
        #expect(examination.findings.contains { $0.kind.code == "dns.lookup.servfail" && $0.subject == "b.test" })
        #expect(examination.spfTree?.isLowerBound == true)
    }

    @Test("leaves open what depends on the sender")
    func open() throws {
        let tree = try #require(
            try examine(["example.test TXT v=spf1 exists:%{i}.x.test include:%{l}.y.test -all"]).spfTree)
        #expect(tree.root.branches.map(\.remark) == ["depends on the sender", "depends on the sender", nil])
        #expect(tree.lookups == 2 && tree.isLowerBound)
    }
}
