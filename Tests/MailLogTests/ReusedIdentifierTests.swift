import MailLog
import MailVocabulary
import Testing

@Suite("An identifier that was given out twice")
struct ReusedIdentifierTests {
    private static func message(_ client: String, _ recipient: String) -> [String] {
        [
            "New SMTP ICID 6 interface D (192.0.2.25) address \(client) reverse dns host mx.sender.test verified yes",
            "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <\(recipient)>",
            "MID 214 queued for delivery", "ICID 6 close",
        ]
    }

    @Test("leads to all its owners, each with the file that it begins in")
    func gateways() {
        var index = TraceIndex()
        for (place, words) in [Self.message("198.51.100.4", "b@one.test"), Self.message("198.51.100.5", "b@two.test")]
            .enumerated()
        {
            if place > 0 { index.beginFile() }
            for line in LogStory.gateway(words).lines { index.append(line) }
        }
        for needle in ["MID 214", "ICID 6", "214"] {
            let rows = index.entries(LogQuestion(needle: needle))
            #expect(rows.map(\.file) == [0, 1], "\(needle)")
            #expect(rows.map { $0.recipients.first?.address } == ["b@one.test", "b@two.test"], "\(needle)")
        }
        #expect(index.trace(for: .mid(214))?.address?.description == "198.51.100.5")
    }

    @Test("as a queue id leads to both messages, as reading for one question does")
    func queueIDs() throws {
        let words = ["b@one.test", "b@two.test"].flatMap { recipient in
            [
                "smtpd[7]: connect from mx.sender.test[198.51.100.4]",
                "smtpd[7]: 4ABC12DEF0: client=mx.sender.test[198.51.100.4]", "cleanup[8]: 4ABC12DEF0: message-id=<1@x>",
                "qmgr[3]: 4ABC12DEF0: from=<a@sender.test>, size=1, nrcpt=1 (queue active)",
                "smtp[9]: 4ABC12DEF0: to=<\(recipient)>, relay=h[192.0.2.9]:25, delay=1, dsn=2.0.0, status=sent (250 ok)",
                "qmgr[3]: 4ABC12DEF0: removed", "smtpd[7]: disconnect from mx.sender.test[198.51.100.4]",
            ]
        }
        let traces = LogStory.postfix(words).index.traces(matching: "4ABC12DEF0")
        #expect(traces.map { $0.messages.first?.recipients.first?.address } == ["b@one.test", "b@two.test"])
    }
}
