import MailLog
import MailVocabulary
import Testing

/// Each rule on a log that calls for it: the finding's code, and the numbers of the lines that bear it out.
@Suite("Trace rules")
struct TraceRuleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var code: String
        var needle: String
        var words: [String]
        var evidence: [Int]
        var testDescription: String { code }
    }

    static let open =
        "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified yes"
    static let envelope = [
        open, "Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@sender.test>", "MID 214 ICID 6 RID 0 To: <b@corp.test>",
    ]
    static let queued = envelope + ["MID 214 ready 10 bytes from <a@sender.test>", "MID 214 queued for delivery"]
    static let second = "MID 214 ICID 6 RID 1 To: <c@corp.test>"
    static let bounce =
        "Bounced: DCID 3 MID 214 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []"

    static let all: [Example] = [
        Example(
            code: "log.connection.refused-at-tcp", needle: "ICID 0",
            words: ["ICID 0 TCPREFUSE SG BLACKLIST match sbrs[-10.0:-0.5] SBRS -9.9"], evidence: [1]),
        Example(
            code: "log.connection.rejected-by-policy", needle: "198.51.100.4",
            words: [open, "ICID 6 REJECT SG BLACKLIST match sbrs[-10.0:-3.0] SBRS -7.4", "ICID 6 close"], evidence: [2]),
        Example(
            code: "log.connection.rejection-delayed", needle: "198.51.100.4",
            words: [
                open, "ICID 6 REJECT SG BLACKLIST match sbrs[-10.0:-3.0] SBRS -7.4",
                "ICID 6 Delayed HAT REJECT continuing session for recipient logging (198.51.100.4)",
            ], evidence: [2, 3]),
        Example(
            code: "log.banner.delayed", needle: "198.51.100.4",
            words: [
                open,
                "ICID 6 Connection from 198.51.100.4 on interface D (192.0.2.25) lost after 139 seconds (DNS query took 139 seconds), "
                    + "before any commands were received",
            ], evidence: [2]),
        Example(
            code: "log.client.no-reverse-name", needle: "198.51.100.4",
            words: [
                "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host unknown verified no",
                "ICID 6 close",
            ], evidence: [1]),
        Example(
            code: "log.client.name-unconfirmed", needle: "198.51.100.4",
            words: [
                "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.4 reverse dns host mx.sender.test verified no",
                "ICID 6 close",
            ], evidence: [1]),
        Example(
            code: "log.client.gave-up", needle: "198.51.100.4", words: [open, "ICID 6 lost", "ICID 6 close"],
            evidence: [2]),
        Example(
            code: "log.connection.idle", needle: "198.51.100.4",
            words: [open, "ICID 6 disconnected address 198.51.100.4, no messages injected within timeout period"],
            evidence: [2]),
        Example(
            code: "log.connection.no-message", needle: "198.51.100.4", words: [open, "ICID 6 close"], evidence: [1, 2]),
        Example(
            code: "log.connection.throttled", needle: "198.51.100.4",
            words: [open, "ICID 6 Receiving Failed: Connection limit exceeded", "ICID 6 close"], evidence: [2]),
        Example(
            code: "log.sender.refused", needle: "198.51.100.4",
            words: [open, "ICID 6 Address: <a@no.test> sender rejected, envelope sender domain does not exist"],
            evidence: [2]),
        Example(
            code: "log.recipient.refused", needle: "198.51.100.4",
            words: Array(envelope[..<3]) + ["MID 214 ICID 6 To: <x@corp.test> Rejected by RAT"], evidence: [4]),
        Example(
            code: "log.message.refused", needle: "198.51.100.4",
            words: envelope + [
                "ICID 6 Receiving Failed: Message size exceeds limit", "Message aborted MID 214 Receiving aborted",
            ],
            evidence: [5]),
        Example(
            code: "log.message.cut-off", needle: "198.51.100.4",
            words: envelope + ["Message aborted MID 214 Receiving aborted", "ICID 6 lost"], evidence: [5, 6]),
        Example(
            code: "log.tls.in-failed", needle: "198.51.100.4",
            words: [open, "ICID 6 TLS failed: [Errno 54] Connection reset by peer", "ICID 6 close"], evidence: [2]),
        Example(
            code: "log.authentication.failed", needle: "198.51.100.4",
            words: [open, "SMTP Auth: (ICID 6) failed for user: probe using AUTH mechanism: LOGIN", "ICID 6 close"],
            evidence: [2]),
        Example(
            code: "log.message.scanned-bad", needle: "198.51.100.4",
            words: queued + ["MID 214 using engine: CASE spam suspect", "ISQ: Tagging MID 214 for quarantine"],
            evidence: [7, 8]),
        Example(
            code: "log.message.dropped", needle: "198.51.100.4",
            words: queued + ["MID 214 using engine: CASE spam positive", "Message aborted MID 214 Dropped by CASE"],
            evidence: [8]),
        Example(
            code: "log.message.quarantined", needle: "198.51.100.4",
            words: queued + ["MID 214 quarantined to \"Policy\" (message filter:x)"], evidence: [7]),
        Example(
            code: "log.message.released", needle: "198.51.100.4",
            words: queued + [
                "MID 214 quarantined to \"Policy\" (message filter:x)", "MID 214 released from all quarantines",
            ],
            evidence: [7, 8]),
        Example(
            code: "log.message.deleted-from-quarantine", needle: "198.51.100.4",
            words: queued + [
                "MID 214 quarantined to \"Policy\" (x)", "MID 214 deleted from quarantine \"Policy\" (expired)",
            ],
            evidence: [7, 8]),
        Example(
            code: "log.message.changed", needle: "198.51.100.4",
            words: queued + ["MID 214 rewritten to MID 215 by add-footer filter 'Footer'"], evidence: [7]),
        Example(code: "log.recipient.bounced", needle: "198.51.100.4", words: queued + [bounce], evidence: [7]),
        Example(
            code: "log.message.double-bounced", needle: "198.51.100.4",
            words: queued + [
                bounce, "Start MID 515 ICID 0", "MID 515 was generated for bounce of MID 214",
                "Double bounce: MID 515 to 0 - 5.1.0 - Unknown address error 550-'5.1.1 no'",
            ], evidence: [7, 10]),
        Example(
            code: "log.delivery.deferred", needle: "198.51.100.4",
            words: queued + [
                "Delayed: DCID 3 MID 214 to RID 0 - 4.1.0 - Unknown address error ('451', ['4.7.1 later']) []"
            ], evidence: [7]),
        Example(
            code: "log.delivery.unreachable", needle: "198.51.100.4",
            words: queued + [
                "Connection Error: DCID 63 domain: corp.test IP: 203.0.113.27 port: 25 details: timeout interface: 192.0.2.25 "
                    + "reason: network error"
            ], evidence: [7]),
        Example(
            code: "log.tls.out-failed", needle: "198.51.100.4",
            words: queued + [
                "New SMTP DCID 64 interface 192.0.2.25 address 203.0.113.27 port 25",
                "DCID 64 TLS failed: STARTTLS unexpected response", "DCID 64 close",
            ], evidence: [8]),
        Example(code: "log.message.waiting", needle: "198.51.100.4", words: queued, evidence: [5, 6]),
        Example(
            code: "log.message.backlog", needle: "198.51.100.4",
            words: envelope + ["MID 214 ready 10 bytes from <a@sender.test>"]
                + Array(repeating: "CASE cache status: hits = 1", count: 70)
                + ["MID 214 queued for delivery"], evidence: [5, 76]),
        Example(
            code: "log.message.partly-delivered", needle: "198.51.100.4",
            words: envelope + [
                second, "MID 214 queued for delivery", "Message done DCID 3 MID 214 to RID [1] ", bounce,
            ],
            evidence: [7, 8]),
        Example(
            code: "log.message.delivered", needle: "198.51.100.4",
            words: queued + [
                "Message done DCID 3 MID 214 to RID [0] ", "MID 214 RID [0] Response '2.0.0 Ok: queued as X1'",
            ],
            evidence: [7, 8]),
        Example(
            code: "log.message.time", needle: "198.51.100.4",
            words: queued + Array(repeating: "CASE cache status: hits = 1", count: 9) + [
                "Message done DCID 3 MID 214 to RID [0] "
            ],
            evidence: [1, 2, 6, 16]),
    ]

    @Test("find what the log shows, and name the lines that show it", arguments: all)
    func found(_ example: Example) throws {
        let story = LogStory.gateway(example.words)
        let trace = try #require(story.index.traces(matching: example.needle).first)
        let finding = try #require(
            trace.findings.first { $0.kind.code == example.code },
            "\(trace.findings.map(\.kind.code)) \(trace.sentence)")
        #expect(!finding.message.isEmpty)
        let records = trace.lines.map { LogFormat.record(of: story.lines[$0.number - 1].bytes) }
        let places = TraceRule.evidence(of: finding, in: records)
        #expect(places.map { trace.lines[$0].number } == example.evidence)
    }

    /// Of other products, whose lines have no counterpart on a Cisco ESA.
    static let others: [(code: String, needle: String, story: LogStory)] = [
        (
            "log.client.listed", "198.51.100.4",
            .postfix([
                "smtpd[229]: connect from unknown[198.51.100.4]",
                "smtpd[229]: NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 554 5.7.1 Service unavailable; Client host "
                    + "[198.51.100.4] blocked using bl.example; from=<a@b.test> to=<c@d.test> proto=ESMTP helo=<x>",
                "smtpd[229]: disconnect from unknown[198.51.100.4]",
            ])
        ),
        (
            "log.client.greylisted", "198.51.100.4",
            .postfix([
                "smtpd[229]: connect from unknown[198.51.100.4]",
                "smtpd[229]: NOQUEUE: reject: RCPT from unknown[198.51.100.4]: 450 4.2.0 <c@d.test>: Recipient address rejected: "
                    + "Greylisted; from=<a@b.test> to=<c@d.test> proto=ESMTP helo=<x>",
            ])
        ),
        (
            "log.client.tarpitted", "203.0.113.9",
            LogStory(
                ExchangeOutcomeTests.receive(
                    ExchangeOutcomeTests.session, "203.0.113.9:40111",
                    ["+,,", "*,Tarpit for '0.00:00:05',", "-,,Local"]))
        ),
    ]

    @Test("find in other products' logs what only those tell", arguments: others.indices)
    func foundElsewhere(_ index: Int) throws {
        let example = Self.others[index]
        let trace = try #require(example.story.index.traces(matching: example.needle).first)
        #expect(trace.findings.contains { $0.kind.code == example.code }, "\(trace.findings.map(\.kind.code))")
    }

    @Test("every kind of every rule has an example here")
    func complete() {
        let shown = Set(Self.all.map(\.code) + Self.others.map(\.code))
        let declared = TraceRule.all.flatMap(\.mayFind).map(\.code)
        #expect(Set(declared).subtracting(shown).isEmpty)
        #expect(declared.count == Set(declared).count, "two rules share a code")
    }

    @Test("a delivered message has nothing to complain about")
    func quiet() throws {
        let words = try #require(Self.all.first { $0.code == "log.message.delivered" }).words
        let trace = try #require(LogStory.gateway(words).index.traces(matching: "198.51.100.4").first)
        #expect(trace.findings.map(\.kind.severity).max() == .fine)
    }
}
