import MailVocabulary
import SMTP
import Testing

@Suite("Dry run")
struct DryRunTests {
    private func lines(_ change: (inout SessionPlan) -> Void = { _ in }) -> [String] {
        var plan = MessageTests.plan
        change(&plan)
        return DryRun(plan).lines
    }

    @Test("a rehearsal ends at RCPT, and says every command in its order")
    func rehearsal() {
        #expect(
            lines() == [
                "-- would connect to mx1.example.test", "C: EHLO probe.example.net", "C: STARTTLS", "-- TLS",
                "C: EHLO probe.example.net", "C: MAIL FROM:<probe@example.net>", "C: RCPT TO:<user@example.test>",
                "C: QUIT",
            ])
    }

    @Test("a pinned certificate ends nothing: nobody is there to show one")
    func pinned() {
        #expect(lines { $0.security.pins = [String(repeating: "ab", count: 32)] } == lines())
    }

    @Test("AUTH stands in its place without its secret, which is not asked for")
    func login() {
        let named = lines { $0.authentication = AuthenticationPlan(mechanism: .scramSHA256, user: "me\u{1B}[2J") }
        #expect(named[5...6] == ["C: AUTH SCRAM-SHA-256 [redacted]", "-- as me\\x1b[2J; the secret was not read"])
        #expect(named[7].hasPrefix("C: MAIL"))
        let best = lines {
            $0.authentication = AuthenticationPlan(user: "me")
            $0.greetsAgain = true
        }
        #expect(best[5] == "-- AUTH as me, with the best mechanism that the server offers; the secret was not read")
        #expect(best[6] == "C: EHLO probe.example.net")
    }

    @Test("parameters, probes, XCLIENT and XFORWARD are there as for a server that offers everything")
    func everything() {
        let all = lines {
            $0.tls = .never
            ($0.clientAttributes, $0.forwardAttributes) = (["ADDR=192.0.2.1", "NAME=a.example"], "ADDR=192.0.2.2")
            $0.probes = [ServerProbe(.noop), ServerProbe(.verify, "user")]
            ($0.mail.size, $0.mail.returns, $0.mail.envelopeID) = (.octets(5), .headers, "a+b")
            $0.recipients[0].notify = [.success]
            ($0.services.priority, $0.services.wantsRecipientReplies) = (3, true)
        }
        #expect(
            all.dropFirst() == [
                "C: EHLO probe.example.net", "C: XCLIENT ADDR=192.0.2.1", "C: EHLO probe.example.net",
                "C: XCLIENT NAME=a.example", "C: EHLO probe.example.net", "C: XFORWARD ADDR=192.0.2.2", "C: NOOP",
                "C: VRFY user",
                "C: MAIL FROM:<probe@example.net> SIZE=5 RET=HDRS ENVID=a+2Bb MT-PRIORITY=3 PRDR",
                "C: RCPT TO:<user@example.test> NOTIFY=SUCCESS", "C: QUIT",
            ])
    }

    @Test("a message is a line with its size, by DATA, by BDAT and by LMTP, and several are counted")
    func message() {
        let data = lines { ($0.tls, $0.stopAfter) = (.never, .endOfData) }
        #expect(data.contains("C: DATA") && data.last == "C: QUIT")
        #expect(data.contains { $0.hasPrefix("C: [") && $0.contains("Subject:") })
        let chunks = lines { ($0.tls, $0.stopAfter, $0.services.chunk) = (.never, .endOfData, 100) }
        #expect(
            chunks.contains("C: BDAT 100") && chunks.contains { $0.hasSuffix(" LAST") } && !chunks.contains("C: DATA"))
        let local = lines {
            ($0.tls, $0.stopAfter, $0.isLMTP) = (.never, .endOfData, true)
            $0.recipients.append(Recipient("other@example.test"))
        }
        #expect(local[1] == "C: LHLO probe.example.net" && local.last == "C: QUIT")
        let prdr = lines { ($0.tls, $0.stopAfter, $0.services.wantsRecipientReplies) = (.never, .endOfData, true) }
        #expect(prdr.last == "C: QUIT")
        let probe = lines {
            ($0.tls, $0.stopAfter, $0.message.probe) = (.never, .endOfData, SmugglingProbe(named: "lf-dot-lf"))
        }
        #expect(probe.count { $0 == "C: QUIT" } == 0 && probe.last?.contains("QUIT went out") == true)
        let many = lines { ($0.tls, $0.stopAfter, $0.messages) = (.never, .endOfData, 3) }
        #expect(many.contains("-- and so on: 3 messages in all"))
    }

    @Test("a run that stops early or drops the connection says so, and implicit TLS comes first")
    func ends() {
        #expect(lines { $0.stopAfter = .hello }.suffix(2) == ["C: EHLO probe.example.net", "C: QUIT"])
        #expect(lines { ($0.tls, $0.dropsAtEnd) = (.never, true) }.last == "-- the connection is dropped")
        #expect(lines { ($0.tls, $0.dropsBeforeReply) = (.never, .sender) }.last == "-- the connection is dropped")
        #expect(lines { $0.target.implicitTLS = true }[1] == "-- TLS")
    }
}
