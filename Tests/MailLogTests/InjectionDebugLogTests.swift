import MailLog
import Testing

@Suite("The dialogue of an injection debug log")
struct InjectionDebugLogTests {
    static let refused = [
        "S 220 mx.corp.test ESMTP", "C EHLO mx.sender.test", "S 250-mx.corp.test|250 8BITMIME",
        "C MAIL FROM:<a@sender.test>", "S 250 sender <a@sender.test> ok", "C RCPT TO:<nobody@corp.test>",
        "S 550 #5.1.0 Address rejected.", "C QUIT", "S 221 mx.corp.test",
    ]

    /// A dialogue as the gateway logs it; `|` between lines that were said at once.
    static func lines(_ dialogue: [String], icid: Int = 16, end: String = "\\015\\012") -> [String] {
        dialogue.map { said in
            let words = said.dropFirst(2).split(separator: "|").joined(separator: end)
            return "\(icid) \(said.hasPrefix("S") ? "Sent to" : "Rcvd from") '198.51.100.4': '\(words)\(end)'"
        }
    }

    @Test("the refusal at RCPT is told, with the recipient and how it ended", arguments: ["\\015\\012", "\\r\\n"])
    func refusal(_ end: String) throws {
        let index = LogStory.gateway(Self.lines(Self.refused, end: end)).index
        let trace = try #require(index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == "rcpt-rejected")
        #expect(
            trace.sentence == "198.51.100.4 was refused at RCPT for <nobody@corp.test>: 550 #5.1.0 Address rejected.; "
                + "it ended with QUIT")
        #expect(trace.hasBeginning)
        #expect(index.entries(LogQuestion(reply: "550")).count == 1)
        #expect(index.traces(matching: "nobody@corp.test") == [trace])
    }

    @Test("a message that was taken has its number, its recipients and the one that was refused")
    func taken() throws {
        let dialogue =
            Array(Self.refused.prefix(7)) + [
                "C RCPT TO:<b@corp.test>", "S 250 recipient <b@corp.test> ok", "C DATA", "S 354 go ahead",
                "C RCPT TO:<not@a.command>|550 not a reply|.", "S 250 ok:  Message 214 accepted", "C QUIT",
                "S 221 mx.corp.test",
            ]
        let trace = try #require(LogStory.gateway(Self.lines(dialogue)).index.traces(matching: "MID 214").first)
        let message = try #require(trace.messages.first)
        #expect(message.sender == "a@sender.test")
        #expect(message.recipients.map(\.address) == ["b@corp.test", "nobody@corp.test"])
        #expect(message.recipients.map(\.outcome) == [.pending, .rejected])
        #expect(trace.lines.count == dialogue.count)
    }

    @Test("a message alone was accepted, and what became of it is in another log")
    func accepted() throws {
        let dialogue = [
            "S 220 mx.corp.test ESMTP", "C EHLO c.test|MAIL FROM:<a@sender.test>|RCPT TO:<b@corp.test>|DATA",
            "S 250 mx.corp.test", "S 250 ok|250 ok|354 go ahead", "C Subject: x||.|QUIT",
            "S 250 ok:  Message 214 accepted|221 mx.corp.test",
        ]
        let trace = try #require(LogStory.gateway(Self.lines(dialogue)).index.traces(matching: "b@corp.test").first)
        #expect(trace.verdict == "accepted")
        #expect(trace.sentence.hasPrefix("MID 214 to <b@corp.test> was accepted from the client;"))
        let nameless = dialogue.map { $0.replacing("ok:  Message 214 accepted", with: "ok") }
        let other = try #require(LogStory.gateway(Self.lines(nameless)).index.traces(matching: "198.51.100.4").first)
        #expect(other.verdict == "accepted")
        #expect(other.messages.isEmpty)
    }

    @Test("with the mail log beside it, before or behind, it is one connection and one refused recipient")
    func joined() throws {
        let mail = [
            "New SMTP ICID 16 interface D (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
            "Start MID 214 ICID 16", "MID 214 ICID 16 From: <a@sender.test>",
            "MID 214 ICID 16 To: <nobody@corp.test> Rejected by RAT", "MID 214 ICID 16 RID 0 To: <b@corp.test>",
            "MID 214 ready 100 bytes from <a@sender.test>", "MID 214 queued for delivery", "ICID 16 close",
        ]
        let dialogue = Self.lines(
            Array(Self.refused.prefix(7)) + [
                "C RCPT TO:<b@corp.test>", "S 250 ok", "C DATA", "S 354 go ahead", "S 250 ok:  Message 214 accepted",
                "C QUIT", "S 221 mx.corp.test",
            ])
        for lines in [mail + dialogue, dialogue + mail] {
            let traces = LogStory.gateway(lines).index.traces(matching: "198.51.100.4")
            let trace = try #require(traces.first)
            #expect(traces.count == 1)
            #expect(trace.lines.count == lines.count)
            #expect(Set(trace.messages[0].recipients.map(\.address)) == ["b@corp.test", "nobody@corp.test"])
            #expect(trace.messages[0].recipients.count == 2)
        }
    }

    @Test("a number that is used again is another connection")
    func reused() {
        let index = LogStory.gateway(Self.lines(Self.refused) + Self.lines(Self.refused)).index
        #expect(index.traces(matching: "198.51.100.4").map(\.lines.count) == [9, 9])
    }

    @Test("of a client whose dialogue is not in it, it cannot say that it never came")
    func absence() {
        let absence = LogStory.gateway(Self.lines(Self.refused)).index.absence(of: "203.0.113.9")
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.contains("only the clients that it was set up for"))
    }
}
