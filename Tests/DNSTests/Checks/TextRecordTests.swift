import DNS
import MailVocabulary
import Testing

@Suite("Checks of SPF and DMARC")
struct TextRecordTests {
    @Test("finds no, one and several SPF records")
    func spf() throws {
        let cases: [([String], [String])] = [
            (["v=spf1 mx -all"], ["dns.spf.single"]), (["v=spf1"], ["dns.spf.single"]),
            (["V=SPF1 mx -all"], ["dns.spf.single"]), (["v=spf10 mx"], ["dns.spf.none"]),
            (["hello"], ["dns.spf.none"]), (["v=spf1 mx -all", "v=spf1 ~all"], ["dns.spf.multiple"]),
            (["nodata"], ["dns.spf.none"]), (["nxdomain"], []), (["silent"], ["dns.lookup.silent"]),
            (["servfail"], ["dns.lookup.servfail"]),
        ]
        for (texts, codes) in cases {
            var answering = Answering("\(texts)")
            for text in texts { answering = try answering.with("example.test TXT \(text)") }
            #expect(try answering.codes("spf-is-single", .example) == codes, "\(texts)")
        }
    }

    @Test("names a record that was meant as SPF and is not read as such")
    func nearMiss() throws {
        let answering = try Answering("quoted").with("example.test TXT spf1 mx -all")
        #expect(try answering.messages("spf-is-single", .example)[0].hasSuffix("\"spf1 mx -all\" is not read as SPF"))
    }

    @Test(
        "says where a record stands that is not found where it belongs",
        arguments: [
            ("spf-is-single", "example.test TXT hello v=spf1 mx -all", "it needs a TXT record of its own"),
            ("spf-is-single", "example.test SPF v=spf1 mx -all", "it belongs into a TXT record"),
            (
                "spf-is-single", "example.test.example.test TXT v=spf1 mx -all",
                "stands at example.test.example.test: in its zone file the name lacks the dot at its end"
            ),
            ("dmarc-is-published", "example.test TXT v=DMARC1; p=none", "itself and belongs at _dmarc.example.test"),
            ("dmarc-is-published", "dmarc.example.test TXT v=DMARC1; p=none", "with the underscore"),
            (
                "dmarc-is-published", "_dmarc.example.test.example.test TXT v=DMARC1; p=none",
                "stands at _dmarc.example.test.example.test: in its zone file the name lacks the dot at its end"
            ),
            (
                "mx-target-resolves", "mx.example.net A 192.0.2.25",
                "mx.example.net has one: does the name lack the dot at its end in the zone file?"
            ),
        ])
    func misplaced(check: String, line: String, end: String) throws {
        var answering = try Answering(line).with(line)
        if !line.hasPrefix("example.test TXT") { answering = try answering.with("example.test TXT nodata") }
        answering = try answering.with("example.test MX 10 mx.example.net.example.test")
        let messages = try answering.messages(check, .example)
        #expect(messages.count == 1 && messages[0].hasSuffix(end), "\(messages)")
    }

    @Test("shows text as it was found, without a byte that a terminal could obey")
    func hostileText() throws {
        let answering = try Answering("hostile").with("example.test TXT v=spf1 \u{1B}[2J \"quoted\" \\ -all")
        #expect(
            try answering.messages("spf-is-single", .example) == [
                #"SPF of example.test: "v=spf1 \027[2J \"quoted\" \\ -all""#
            ])
    }

    @Test("finds no, one and several DMARC records")
    func dmarc() throws {
        let cases: [([String], [String])] = [
            (["v=DMARC1; p=none"], ["dns.dmarc.published"]), (["v=DMARC1"], ["dns.dmarc.published"]),
            (["v=DMARC1 ; p=none"], ["dns.dmarc.published"]), (["v=DMARC10; p=none"], ["dns.dmarc.none"]),
            ([" v=DMARC1; p=none"], ["dns.dmarc.none"]), (["v=DMARC1;", "v=DMARC1; p=none"], ["dns.dmarc.multiple"]),
            (["nodata"], ["dns.dmarc.none"]), (["nxdomain"], ["dns.dmarc.none"]),
            (["refused"], ["dns.lookup.refused"]),
        ]
        for (texts, codes) in cases {
            var answering = try Answering("\(texts)").with("example.test TXT nodata")
            for text in texts { answering = try answering.with("_dmarc.example.test TXT \(text)") }
            #expect(try answering.codes("dmarc-is-published", .example) == codes, "\(texts)")
        }
    }

    @Test("walks up to the record of the organization")
    func treeWalk() throws {
        let name = try #require(DNSName("a.b.example.test"))
        let base = try Answering("walk").with(
            "a.b.example.test TXT nodata", "_dmarc.example.test TXT v=DMARC1; p=reject")
        #expect(
            try base.messages("dmarc-is-published", .domain(name)) == [
                "DMARC of a.b.example.test comes from _dmarc.example.test: \"v=DMARC1; p=reject\""
            ])
        let nearer = try base.with("_dmarc.b.example.test TXT v=DMARC1; p=none")
        #expect(try nearer.messages("dmarc-is-published", .domain(name))[0].contains("comes from _dmarc.example.test"))
        let own = try base.with("_dmarc.b.example.test TXT v=DMARC1; p=none; psd=n")
        #expect(try own.messages("dmarc-is-published", .domain(name))[0].contains("comes from _dmarc.b.example.test"))
        let suffix = try nearer.with("_dmarc.example.test TXT nodata", "_dmarc.test TXT v=DMARC1; p=none; psd=y")
        #expect(try suffix.messages("dmarc-is-published", .domain(name))[0].contains("comes from _dmarc.test"))
    }

    @Test("asks at most eight names of the tree, however long the domain is")
    func walkLimit() throws {
        let name = try #require(DNSName((0..<30).map { "l\($0)" }.joined(separator: ".") + ".test"))
        let check = try #require(DNSCheck.all.first { $0.name == "dmarc-is-published" })
        var (answers, asked) = (DNSAnswers(), 0)
        let answering = try Answering("deep").with("\(name) TXT nodata")
        while true {
            guard case .need(let questions) = check.judge(.domain(name), answers) else { break }
            for question in questions {
                answers.insert(answering.answer(to: question))
                guard question.name.labels.first == Array("_dmarc".utf8) else { continue }
                if question.name.parent.map(name.isWithin) ?? false { asked += 1 }
            }
        }
        #expect(asked == 8)
    }
}
