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

    @Test("names a DMARC record that stands at the domain itself")
    func wrongPlace() throws {
        let answering = try Answering("apex").with("example.test TXT v=DMARC1; p=none")
        #expect(
            try answering.messages("dmarc-is-published", .example)[0]
                .hasSuffix("\"v=DMARC1; p=none\" is not read as DMARC at this place"))
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

    @Test("asks at most eight names, however long the domain is")
    func walkLimit() throws {
        let name = try #require(DNSName((0..<30).map { "l\($0)" }.joined(separator: ".") + ".test"))
        let check = try #require(DNSCheck.all.first { $0.name == "dmarc-is-published" })
        var (answers, asked) = (DNSAnswers(), 0)
        let answering = try Answering("deep").with("\(name) TXT nodata")
        while true {
            guard case .need(let questions) = check.judge(.domain(name), answers) else { break }
            for question in questions {
                answers.insert(answering.answer(to: question))
                if question.name.labels.first == Array("_dmarc".utf8) { asked += 1 }
            }
        }
        #expect(asked == 8)
    }
}
