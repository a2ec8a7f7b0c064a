import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("AUTH and XCLIENT that need not be, or come in a row")
struct WaivedLoginTests {
    private static let sender = "MAIL FROM:<probe@example.net>"
    private static let login = "AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M="

    private func story(_ change: (inout SessionPlan) -> Void, hello: String) -> Playbook {
        var plan = MessageTests.plan
        plan.tls = .never
        change(&plan)
        var story = Playbook(plan, credentials: AuthenticationTests.credentials)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("EHLO probe.example.net")
        story.receive(hello)
        return story
    }

    private func login(_ demand: AuthenticationPlan.Demand, hello: String) -> Playbook {
        story(
            {
                $0.authentication = AuthenticationPlan(mechanism: .plain, user: "probe", channel: .any)
                $0.authentication?.demand = demand
            }, hello: hello)
    }

    private func finish(_ story: inout Playbook) {
        story.expect(Self.sender)
        story.receive("250 ok\r\n")
        story.expect("RCPT TO:<user@example.test>")
        story.receive("250 ok\r\n")
    }

    @Test(
        "without an offer AUTH is left out, and said to be, where the plan bears that",
        arguments: [
            AuthenticationPlan.Demand.optional, .offered,
        ])
    func notOffered(demand: AuthenticationPlan.Demand) {
        var story = login(demand, hello: "250 mx\r\n")
        finish(&story)
        #expect(story.failures == [])
        #expect(story.notes == ["AUTH is not tried: the server does not offer it; the session goes on without"])
        #expect(story.record.progress.isPlanDone)
    }

    @Test("a refused AUTH is borne when it is optional, and decides nothing")
    func refusedOptional() {
        var story = login(.optional, hello: "250-mx\r\n250 AUTH PLAIN\r\n")
        story.expect(Self.login)
        story.receive("535 5.7.8 no\r\n")
        finish(&story)
        #expect(story.failures == [])
        #expect(story.notes == ["AUTH was refused: the session goes on without"])
        #expect(story.record.progress.isPlanDone)
        #expect(story.record.decidingRefusal == nil)
    }

    @Test("a refused AUTH ends the session where it was offered, and where it is required")
    func refusedOffered() {
        for demand in [AuthenticationPlan.Demand.offered, .required] {
            var story = login(demand, hello: "250-mx\r\n250 AUTH PLAIN\r\n")
            story.expect(Self.login)
            story.receive("535 5.7.8 no\r\n")
            #expect(story.failures == [])
            #expect(!story.record.progress.isPlanDone)
            #expect(story.record.decidingRefusal != nil)
        }
    }

    @Test("an offer without the mechanism ends the session unless AUTH is optional")
    func otherMechanism() {
        let strict = login(.offered, hello: "250-mx\r\n250 AUTH LOGIN\r\n")
        #expect(strict.failures == [])
        #expect(strict.notes.last == "AUTH is not tried: the server offers LOGIN, not PLAIN")
        var lenient = login(.optional, hello: "250-mx\r\n250 AUTH LOGIN\r\n")
        finish(&lenient)
        #expect(lenient.failures == [])
    }

    private func cramLogin(_ demand: AuthenticationPlan.Demand) -> Playbook {
        var story = story(
            {
                $0.authentication = AuthenticationPlan(mechanism: .cramMD5, user: "probe", channel: .any)
                $0.authentication?.demand = demand
            }, hello: "250-mx\r\n250 AUTH CRAM-MD5\r\n")
        story.expect("AUTH CRAM-MD5")
        story.receive("334 this is not base64!\r\n")
        story.expect("*")
        return story
    }

    @Test("a challenge that makes no sense is answered by an asterisk, and an optional AUTH is borne")
    func malformedChallenge() {
        var story = cramLogin(.optional)
        story.receive("501 5.7.0 cancelled\r\n")
        finish(&story)
        #expect(story.failures == [])
        #expect(
            story.notes == [
                "AUTH is given up: the 334 is not in base64", "AUTH was refused: the session goes on without",
            ])
        #expect(story.record.progress.isPlanDone && story.record.decidingRefusal == nil)
    }

    @Test("where AUTH is required the asterisk is the last thing that is said")
    func malformedChallengeRequired() {
        for demand in [AuthenticationPlan.Demand.required, .offered] {
            var story = cramLogin(demand)
            story.receive("501 5.7.0 cancelled\r\n")
            #expect(story.failures == [])
            #expect(story.machine.isAtRest && !story.record.progress.isPlanDone)
        }
    }

    @Test(
        "no command goes to a server that asks on, or agrees, after the asterisk", arguments: ["334 ", "235 2.7.0 ok"])
    func asteriskIgnored(reply: String) {
        for demand in AuthenticationPlan.Demand.allCases {
            var story = cramLogin(demand)
            story.receive(reply + "\r\n")
            #expect(story.failures == [])
            let code = reply.prefix(3)
            let oddity = Oddity(.unexpectedCode, "\(code) to the asterisk that ended AUTH")
            #expect(story.record.closed == .protocolViolation(oddity))
        }
    }

    @Test("a server that does not prove itself gets nothing more, even where AUTH is optional")
    func unprovenServer() {
        var story = story(
            {
                $0.authentication = AuthenticationPlan(mechanism: .scramSHA256, user: "probe", channel: .any)
                $0.authentication?.demand = .optional
                $0.authentication?.sendsInitialResponse = false
            }, hello: "250-mx\r\n250 AUTH SCRAM-SHA-256\r\n")
        story.expect("AUTH SCRAM-SHA-256")
        story.receive("334 \r\n")
        _ = story.takeSentLine()
        let challenge = Base64.encode(Array("r=another,s=c2FsdA==,i=4096".utf8))
        story.receive("334 \(String(decoding: challenge, as: UTF8.self))\r\n")
        story.expect("*")
        story.receive("501 5.7.0 cancelled\r\n")
        #expect(story.failures == [])
        #expect(story.notes.contains("AUTH is given up: the server's nonce does not begin with ours"))
        #expect(!story.record.progress.isPlanDone)
    }

    @Test("several XCLIENT go out one after another, each followed by its greeting and EHLO")
    func severalXCLIENT() {
        var story = story(
            { $0.clientAttributes = ["ADDR=192.0.2.1", "NAME=a.example"] }, hello: "250-mx\r\n250 XCLIENT\r\n")
        for attributes in ["ADDR=192.0.2.1", "NAME=a.example"] {
            story.expect("XCLIENT \(attributes)")
            story.receive("220 mx ESMTP\r\n")
            story.expect("EHLO probe.example.net")
            story.receive("250-mx\r\n250 XCLIENT\r\n")
        }
        story.expect(Self.sender)
        #expect(story.failures == [])
        #expect(story.record.steps.filter { $0.request.hasPrefix("XCLIENT") }.map(\.verdict) == [.done, .done])
    }

    @Test("a second XCLIENT that is refused or no longer offered ends the session")
    func secondXCLIENT() {
        for (hello, isOffered) in [("250-mx\r\n250 XCLIENT\r\n", true), ("250 mx\r\n", false)] {
            var story = story(
                { $0.clientAttributes = ["ADDR=192.0.2.1", "NAME=a.example"] }, hello: "250-mx\r\n250 XCLIENT\r\n")
            story.expect("XCLIENT ADDR=192.0.2.1")
            story.receive("220 mx ESMTP\r\n")
            story.expect("EHLO probe.example.net")
            story.receive(hello)
            if isOffered {
                story.expect("XCLIENT NAME=a.example")
                story.receive("550 5.7.0 no\r\n")
            }
            #expect(story.failures == [])
            #expect(!story.record.progress.isPlanDone)
            #expect(
                story.record.progress.obstacle
                    == (isOffered ? nil : "XCLIENT is not tried again: the server does not offer it any more"))
        }
    }

    @Test("XCLIENT comes before STARTTLS where the plan says so, and once only")
    func earlyXCLIENT() {
        var story = story(
            { ($0.tls, $0.clientAttributes, $0.introducesBeforeTLS) = (.required, ["ADDR=192.0.2.1"], true) },
            hello: "250-mx\r\n250-STARTTLS\r\n250 XCLIENT\r\n")
        story.expect("XCLIENT ADDR=192.0.2.1")
        story.receive("220 mx ESMTP\r\n")
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250-STARTTLS\r\n250 XCLIENT\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        story.handshake()
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 XCLIENT\r\n")
        story.expect(Self.sender)
        #expect(story.failures == [])
        #expect(
            story.record.steps.map(\.stage).firstIndex(of: .other) ?? 9 < story.record.steps.map(\.stage).firstIndex(
                of: .startTLS) ?? 0)
    }

    @Test("an XCLIENT before STARTTLS that is not offered is the obstacle, not TLS")
    func earlyMissing() {
        let story = story(
            { ($0.tls, $0.clientAttributes, $0.introducesBeforeTLS) = (.required, ["ADDR=192.0.2.1"], true) },
            hello: "250-mx\r\n250 STARTTLS\r\n")
        #expect(story.failures == [])
        #expect(story.notes.last == "XCLIENT is not tried: the server does not offer it")
    }

    @Test("the journal keeps every XCLIENT, its place and what is demanded of AUTH")
    func journal() {
        var plan = MessageTests.plan
        plan.clientAttributes = ["ADDR=192.0.2.1", "NAME=a.example"]
        plan.introducesBeforeTLS = true
        plan.authentication = AuthenticationPlan(mechanism: .plain, user: "probe")
        plan.authentication?.demand = .offered
        #expect(SessionJournal(SessionJournal.header(plan))?.plan.clientAttributes == plan.clientAttributes)
        #expect(SessionJournal(SessionJournal.header(plan))?.plan.introducesBeforeTLS == true)
        #expect(SessionJournal(SessionJournal.header(plan))?.plan.authentication?.demand == .offered)
    }
}
