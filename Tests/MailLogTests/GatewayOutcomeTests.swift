import MailLog
import MailVocabulary
import Testing

@Suite("Outcomes in a gateway's log")
struct GatewayOutcomeTests {
    /// What a client did, as the gateway logged it, and what became of it.
    struct Outcome: CustomTestStringConvertible {
        var verdict: String
        var sentence: String
        var words: [String]
        var testDescription: String { verdict }
    }

    static let opening = [
        "New SMTP ICID 6 interface Data 1 (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes",
        "ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 1.2 country Japan",
    ]
    static let message = [
        "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <b@corp.test>",
        "MID 214 Message-ID '<x@sender.test>'", "MID 214 Subject 'a test'",
        "MID 214 ready 900 bytes from <a@sender.test>",
    ]
    static let queued = opening + message + ["MID 214 queued for delivery"]
    static let delivery = ["New SMTP DCID 3 interface 192.0.2.25 address 192.0.2.11 port 25"]

    static let all = [
        Outcome(
            verdict: "delivered",
            sentence: "MID 214 was delivered to <b@corp.test> by 192.0.2.11: 2.0.0 Ok: queued as 3jj",
            words: queued + delivery + [
                "Delivery start DCID 3 MID 214 to RID [0]", "Message done DCID 3 MID 214 to RID [0] ",
                "MID 214 RID [0] Response '2.0.0 Ok: queued as 3jj'", "Message finished MID 214 done", "DCID 3 close",
            ]),
        Outcome(
            verdict: "delayed-pending",
            sentence:
                "MID 214 to <b@corp.test> is still queued since 10:00:08: delayed by 192.0.2.11: 421 4.3.2 try again later",
            words: queued + delivery + [
                "Delivery start DCID 3 MID 214 to RID [0]",
                "Delayed: DCID 3 MID 214 From: <a@sender.test> To: <b@corp.test> RID 0 - 4.3.2 - Not accepting messages "
                    + "at this time ('421', ['4.3.2 try again later'])",
            ]),
        Outcome(
            verdict: "bounced",
            sentence:
                "MID 214 was bounced for <b@corp.test>, refused by 192.0.2.11: 550 5.1.1 User unknown; the sender is told by MID 215",
            words: queued + delivery + [
                "Bounced: DCID 3 MID 214 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []",
                "Start MID 215 ICID 0", "MID 215 was generated for bounce of MID 214", "Message finished MID 214 done",
            ]),
        Outcome(
            verdict: "expired",
            sentence:
                "MID 214 was not delivered to <b@corp.test> in time and returned to the sender: Delivery expired (message too old): timeout",
            words: queued + [
                "Bounced: DCID 0 MID 214 to RID 0 - 5.4.7 - Delivery expired (message too old) ('000', ['timeout']) []"
            ]),
        Outcome(
            verdict: "quarantined",
            sentence:
                "MID 214 to <b@corp.test> was quarantined to \"Policy\" (message filter:x) and waits there since 10:00:08",
            words: opening + message + ["MID 214 quarantined to \"Policy\" (message filter:x)"]),
        Outcome(
            verdict: "spam-quarantined",
            sentence: "MID 214 to <b@corp.test> was put into the spam quarantine and not delivered",
            words: queued + [
                "Delivery start DCID 3 MID 214 to RID [0] to offbox IronPort Spam Quarantine",
                "Message done DCID 3 MID 214 to RID [0] (external quarantine) ",
            ]),
        Outcome(
            verdict: "spam-dropped",
            sentence:
                "MID 214 to <b@corp.test> was accepted from the client and then dropped as spam: Dropped by CASE; nobody is told",
            words: opening + message + ["Message aborted MID 214 Dropped by CASE", "Message finished MID 214 done"]),
        Outcome(
            verdict: "rat-rejected",
            sentence:
                "MID 214 to <b@other.test> was refused at RCPT: this gateway does not receive mail for that domain (RAT)",
            words: opening + [
                "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>",
                "MID 214 ICID 6 To: <b@other.test> Rejected by RAT",
                "Message aborted MID 214 Receiving aborted by sender",
            ]),
        Outcome(
            verdict: "lost", sentence: "MID 214 to <b@corp.test> never arrived whole: the connection was lost",
            words: opening + message.prefix(3) + ["ICID 6 lost", "Message aborted MID 214 Receiving aborted"]),
        Outcome(
            verdict: "hat-rejected",
            sentence:
                "the gateway refused the connection from 198.51.100.4 (mx.sender.test) before any message: sender group BLACKLIST, SBRS -9.5",
            words: opening.prefix(1) + ["ICID 6 REJECT SG BLACKLIST match sbrs[-10.0:-2.5] SBRS -9.5", "ICID 6 close"]),
        Outcome(
            verdict: "lost-before-banner",
            sentence:
                "198.51.100.4 (mx.sender.test) gave up before the gateway's banner came: Connection from 198.51.100.4 on interface "
                + "Data 1 (192.0.2.25) lost after 38 seconds (DNS query took 37 seconds), before any commands were received",
            words: opening + [
                "ICID 6 Connection from 198.51.100.4 on interface Data 1 (192.0.2.25) lost after 38 seconds "
                    + "(DNS query took 37 seconds), before any commands were received", "ICID 6 close",
            ]),
        Outcome(
            verdict: "auth-failed",
            sentence: "198.51.100.4 (mx.sender.test) failed to log in: failed for user: x using AUTH mechanism: LOGIN",
            words: opening + ["SMTP Auth: (ICID 6) failed for user: x using AUTH mechanism: LOGIN", "ICID 6 close"]),
        Outcome(
            verdict: "conn-error",
            sentence:
                "MID 214 to <b@corp.test> is still queued since 10:00:08: probably the connection to 192.0.2.11 for corp.test failed: network error",
            words: queued + delivery + [
                "Connection Error: DCID 3 domain: corp.test IP: 192.0.2.11 port: 25 details: timeout interface: 192.0.2.25 reason: network error"
            ]),
        Outcome(
            verdict: "tls-out-failed",
            sentence:
                "MID 214 to <b@corp.test> is still queued since 10:00:08: probably the next hop 192.0.2.11 failed at TLS: TLS failed: STARTTLS unexpected response",
            words: queued + delivery + ["DCID 3 TLS failed: STARTTLS unexpected response", "DCID 3 close"]),
        Outcome(
            verdict: "split",
            sentence: "MID 214 was delivered to <b@corp.test> by 192.0.2.11: ok, after it was split into MID 215",
            words: opening + message + [
                "MID 214 was split creating MID 215 due to a per-recipient policy x",
                "MID 215 ICID 0 RID 0 To: <b@corp.test>",
                "Message finished MID 214 done", "MID 215 queued for delivery",
            ] + delivery + ["Message done DCID 3 MID 215 to RID [0] ", "MID 215 RID [0] Response 'ok'"]),
        Outcome(
            verdict: "partly-delivered",
            sentence:
                "MID 214 was delivered to 1 of 2 recipients; bounced for <c@corp.test>, refused by 192.0.2.11: 550 no such user",
            words: queued + ["MID 214 ICID 6 RID 1 To: <c@corp.test>"] + delivery + [
                "Message done DCID 3 MID 214 to RID [0] ",
                "Bounced: DCID 3 MID 214 to RID 1 - 5.1.0 - Unknown address error ('550', [\"no such user\"]) []",
            ]),
    ]

    @Test("are told in one word and one sentence", arguments: all)
    func told(_ outcome: Outcome) throws {
        let story = LogStory.gateway(outcome.words)
        let trace = try #require(story.index.traces(matching: "198.51.100.4").first)
        #expect(trace.verdict == outcome.verdict)
        #expect(trace.sentence == outcome.sentence)
        #expect(trace.lines.map { $0.number } == Array(1...outcome.words.count), "every line belongs to it")
        #expect(trace.lines.map { $0.offset } == story.lines.map { $0.offset })
        #expect(trace.hasBeginning)
        #expect(trace.address == IPAddress("198.51.100.4"))
    }

    @Test("that only domain and time tie to a message are marked as probable")
    func probable() throws {
        let words = try #require(Self.all.first { $0.verdict == "tls-out-failed" }).words
        let trace = try #require(LogStory.gateway(words).index.trace(for: .mid(214)))
        #expect(trace.firm == Array(1...9))
        #expect(trace.probable == Array(10...12))
    }

    @Test("leave findings behind")
    func findings() throws {
        let words = try #require(Self.all.first { $0.verdict == "bounced" }).words
        let trace = try #require(LogStory.gateway(words).index.trace(for: .mid(214)))
        let worst = try #require(trace.findings.max { $0.kind.severity < $1.kind.severity })
        #expect(worst.kind.code == "log.recipient.bounced")
        #expect(worst.subject == "b@corp.test")
    }
}
