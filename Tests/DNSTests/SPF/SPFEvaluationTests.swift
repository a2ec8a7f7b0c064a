import DNS
import MailVocabulary
import Testing

@Suite("SPF of a sender")
struct SPFEvaluationTests {
    /// The verdict on `strong-bad@example.test` from an address.
    private func verdict(
        _ lines: [String], from source: String = "192.0.2.3", sender: String = "strong-bad@example.test"
    ) throws -> SPFVerdict {
        var answering = Answering("spf")
        for line in lines { answering = try answering.with(line) }
        let address = try #require(IPAddress(source))
        let arguments = try #require(SPFSender(source: address, reversePath: sender, helloName: "helo.test"))
        var examination = DNSExamination(subject: .sender(arguments))
        for _ in 0..<40 where !examination.isFinished {
            for question in examination.takeQuestions() { examination.insert(answering.answer(to: question)) }
        }
        #expect(examination.findings.count { $0.kind.code.hasPrefix("dns.spf") } == 1)
        return try #require(examination.spfVerdict)
    }

    @Test(
        "gives the result of the first match",
        arguments: [
            ("v=spf1 -all", SPFResult.fail), ("v=spf1 ~all", .softfail), ("v=spf1 ?all", .neutral),
            ("v=spf1 +all", .pass), ("v=spf1", .neutral), ("v=spf1 ip4:192.0.2.0/24 -all", .pass),
            ("v=spf1 ip4:192.0.2.4/30 -all", .fail), ("v=spf1 -ip4:192.0.2.3 +all", .fail),
            ("v=spf1 ip4:192.0.2.2/31 -all", .pass), ("v=spf1 ip4:0.0.0.0/0", .pass), ("v=spf1 ip6:::/0 -all", .fail),
            ("v=spf1 a -all", .pass), ("v=spf1 a:far.test -all", .fail), ("v=spf1 a:far.test/8 -all", .fail),
            ("v=spf1 a:near.test/24 -all", .pass), ("v=spf1 mx -all", .pass), ("v=spf1 mx:far.test ~all", .softfail),
            ("v=spf1 exists:%{i}.list.test -all", .pass), ("v=spf1 exists:%{l1r-}.no.test -all", .fail),
            ("v=spf1 ptr:client.test -all", .pass), ("v=spf1 ptr -all", .fail), ("v=spf1 ptr:ient.test -all", .fail),
            ("v=spf1 include:inner.test -all", .pass), ("v=spf1 include:soft.test -all", .fail),
            ("v=spf1 include:nothing.test -all", .permerror), ("v=spf1 redirect=inner.test", .pass),
            ("v=spf1 redirect=soft.test", .softfail), ("v=spf1 redirect=nothing.test", .permerror),
            ("v=spf1 -all redirect=inner.test", .fail), ("v=spf1 ip4:1.2.3 +all", .permerror),
            ("v=spf1 +all ip4:1.2.3", .permerror), ("v=spf1 include:two.test ?all", .permerror),
            ("v=spf1 include:broken.test ?all", .temperror), ("v=spf1 a:broken.test ?all", .temperror),
            ("v=spf1 include:example.test -all", .permerror), ("v=spf1 moo=cow exp=x.test -all", .fail),
            ("v=spf1 include:%{d2}.x..test -all", .permerror), ("v=spf1 a:%{l}..test -all", .fail),
        ])
    func results(_ record: String, _ expected: SPFResult) throws {
        let verdict = try verdict([
            "example.test TXT \(record)", "example.test A 192.0.2.3", "example.test MX 10 mx.test",
            "mx.test A 192.0.2.3",
            "far.test A 198.51.100.1", "far.test MX 10 far.test", "near.test A 192.0.2.99",
            "192.0.2.3.list.test A 127.0.0.2", "3.2.0.192.in-addr.arpa PTR client.test", "client.test A 192.0.2.3",
            "inner.test TXT v=spf1 ip4:192.0.2.3 -all", "soft.test TXT v=spf1 ~all", "two.test TXT v=spf1 a",
            "two.test TXT v=spf1 mx", "broken.test TXT servfail", "broken.test A servfail",
        ])
        #expect(verdict.result == expected, "\(verdict)")
    }

    @Test("looks at AAAA for an IPv6 source")
    func v6() throws {
        let lines = [
            "example.test TXT v=spf1 a//64 -all", "example.test A 192.0.2.3", "example.test AAAA 2001:db8::99",
        ]
        #expect(try verdict(lines, from: "2001:db8::1").result == .pass)
        #expect(try verdict(lines, from: "2001:db8:1::1").result == .fail)
    }

    @Test("takes an IPv4 address inside an IPv6 one for what it is, and any local part")
    func oddSenders() throws {
        let lines = ["example.test TXT v=spf1 ip6:::/0 exists:%{l}.at.test -all", "postmaster.at.test A 127.0.0.2"]
        #expect(try verdict(lines, from: "::ffff:192.0.2.3").result == .fail)
        #expect(try verdict(lines, sender: "@example.test").result == .pass)
        #expect(try verdict(lines, sender: "<a b@example.test>").result == .fail)
    }

    @Test("takes the HELO name for the null reverse-path")
    func null() throws {
        #expect(try verdict(["helo.test TXT v=spf1 ip4:192.0.2.3 -all"], sender: "").result == .pass)
        #expect(try verdict(["example.test TXT v=spf1 -all"], sender: "").result == .none)
    }

    @Test("says by which way it came to its result, and what that cost")
    func path() throws {
        let verdict = try verdict([
            "example.test TXT v=spf1 a:gone.test include:one.test -all", "one.test TXT v=spf1 include:two.test ~all",
            "two.test TXT v=spf1 ip4:192.0.2.0/24",
        ])
        #expect(
            verdict.pathText == "example.test include:one.test → one.test include:two.test → two.test ip4:192.0.2.0/24")
        #expect(verdict.path.map(\.position) == [20, 8, 8])
        #expect(verdict.lookups == 3 && verdict.voids == 1)
    }

    @Test("stops after ten lookups, where a match before them would have been enough")
    func tenLookups() throws {
        let includes = (1...11).map { "include:i\($0).test" }.joined(separator: " ")
        let others = (1...11).map { "i\($0).test TXT v=spf1 ip4:198.51.100.\($0)" }
        let verdict = try verdict(["example.test TXT v=spf1 \(includes) -all"] + others)
        #expect(verdict.result == .permerror && verdict.path.last?.term == "include:i11.test")
        let early = try self.verdict(["example.test TXT v=spf1 ip4:192.0.2.3 \(includes) -all"] + others)
        #expect(early.result == .pass && early.lookups == 0)
    }

    @Test("stops at the third void lookup")
    func voids() throws {
        let two = try verdict(["example.test TXT v=spf1 a:x1.test a:x2.test -all"])
        #expect(two.result == .fail && two.voids == 2)
        #expect(try verdict(["example.test TXT v=spf1 a:x1.test a:x2.test mx:x3.test -all"]).result == .permerror)
    }

    @Test("stops at a circle of records")
    func circle() throws {
        let verdict = try verdict([
            "example.test TXT v=spf1 include:b.test -all", "b.test TXT v=spf1 redirect=example.test",
        ])
        #expect(verdict.result == .permerror && verdict.reason?.contains("circle") == true)
    }

    @Test("says of a private address of our own socket that nobody outside sees it")
    func insideSource() throws {
        let answering = try Answering("inside").with("example.test TXT v=spf1 -all")
        let address = IPAddress(v4: 10, 0, 0, 1)
        let own = try #require(SPFSender(source: address, reversePath: "a@example.test", helloName: "x"))
        #expect(try answering.codes("spf-allows-source", .sender(own)) == ["dns.spf.result.private-source"])
        let named = SPFSender(source: address, domain: try DNSName(reading: "example.test"))
        #expect(try answering.codes("spf-allows-source", .sender(named)) == ["dns.spf.result.fail"])
    }
}
