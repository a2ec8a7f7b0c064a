import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("MX matrix")
struct MatrixTests {
    static let probes = [
        SurveyProbe(host: "mx1.example.test", address: IPAddress(v4: 192, 0, 2, 25)),
        SurveyProbe(host: "mx2.example.test", address: IPAddress(v4: 192, 0, 2, 26)),
        SurveyProbe(host: "mx2.example.test", address: IPAddress(v4: 192, 0, 2, 27)),
    ]

    static let found = Resolution(
        exchangers: ["10 mx1.example.test", "20 mx2.example.test", "30 gone.example.test"],
        candidates: [
            .init(host: "mx1.example.test", addresses: [probes[0].address]),
            .init(host: "mx2.example.test", addresses: [probes[1].address, probes[2].address]),
        ],
        addressless: [
            .init(exchanger: "30 gone.example.test", problem: "gone.example.test does not exist (NXDOMAIN)")
        ])

    static func fact(_ story: inout Story, _ probe: Int, _ milliseconds: Int, _ fact: SessionFact) {
        story.act(
            .surveyed(
                number: 1, .happened(probe: probe, SessionEvent(at: .milliseconds(milliseconds), fact))))
    }

    static func reply(_ code: ReplyCode, _ text: String, _ stage: SessionStage, _ command: String?, _ took: Int)
        -> SessionFact
    {
        let time = Duration.milliseconds(took)
        return .received(
            Reply(code: code, lines: text.split(separator: "\n").map { Array($0.utf8) }), stage: stage,
            command: command, timing: ReplyTiming(firstByte: time, lastByte: time), tls: false)
    }

    /// A survey of three addresses: one takes the recipient, one refuses it, one refuses the connection.
    static func story(_ columns: Int = 80, _ rows: Int = 24) -> Story {
        var story = Story(columns, rows)
        story.press(.character("m"))
        story.act(
            .surveyed(
                number: 1,
                .found(Self.found)))
        for probe in 0...1 {
            let end = Endpoint(Self.probes[probe].address, 25)
            fact(&story, probe, 10, .connecting(host: Self.probes[probe].host, end))
            fact(
                &story, probe, 20, .connected(local: Endpoint(Story.source, 4000), remote: end, took: .milliseconds(9)))
            fact(&story, probe, 60, reply(220, "\(Self.probes[probe].host) ESMTP", .connect, nil, 40))
            fact(&story, probe, 61, .sent(stage: .hello, line: "EHLO probe.example.net", tls: false))
            let list = "mx\nSIZE 1000" + (probe == 0 ? "\nDSN" : "")
            fact(&story, probe, 70, reply(250, list, .hello, "EHLO probe.example.net", 9))
        }
        fact(&story, 1, 80, .sent(stage: .recipient, line: "RCPT TO:<user@example.test>", tls: false))
        fact(&story, 1, 90, reply(550, "5.1.1 User unknown", .recipient, "RCPT TO:<user@example.test>", 9))
        for probe in 0...1 { fact(&story, probe, 100, .closed(.quit, during: .quit)) }
        fact(&story, 2, 30, .connecting(host: "mx2.example.test", Endpoint(Self.probes[2].address, 25)))
        fact(&story, 2, 33, .closed(.refused, during: .connect))
        return story
    }

    @Test("m asks every address of every exchanger with the plan of the settings, and no other session is touched")
    func begins() {
        var story = Story()
        story.press(.character("m"))
        let plan = story.dashboard.settings.plan
        #expect(story.effects.contains { if case .survey(1, plan, SessionSecrets()) = $0 { true } else { false } })
        #expect(story.dashboard.incident.sessions.isEmpty)
        #expect(story.screen.contains("looking the exchangers up"))
        story.act(.surveyed(number: 1, .failed("example.test: null MX: the domain takes no mail")))
        #expect(story.screen.contains("the domain takes no mail"))
    }

    @Test("every address stands with its greeting, TLS and first refusal, and below them what differs")
    func rows() {
        let screen = Self.story(120, 40).screen
        for words in [
            "3 of 3 done", "mx1.example.test [192.0.2.25]", "nothing was refused", "RCPT: 550 5.1.1 User unknown",
            "connection refused", "differs  first refusal", "differs  capabilities in the clear", "greeting 40 ms",
            "✗ 30 gone.example.test", "gone.example.test does not exist (NXDOMAIN)",
        ] { #expect(screen.contains(words), "\(words):\n\(screen)") }
    }

    @Test(
        "of an address that nobody could talk to, neither extensions nor TLS are told, nor is it compared with others")
    func unreached() {
        let screen = Self.story(120, 40).screen
        #expect(screen.matches(of: /no greeting/).count == 1)
        #expect(!screen.contains(/no greeting .*extension/))
        let comparison = screen.split(separator: "\n").drop { !$0.contains("differs  capabilities in the clear") }
        #expect(comparison.dropFirst(3).first?.contains("mx2.example.test [192.0.2.26] ") == true, "\(screen)")
    }

    @Test("a refused STARTTLS and a masked keyword are told, although the session went on")
    func bearable() {
        var story = Story(120, 40)
        story.press(.character("m"))
        story.act(.surveyed(number: 1, .found(Self.found)))
        let end = Endpoint(Self.probes[0].address, 25)
        let local = Endpoint(Story.source, 4000)
        for probe in 0...1 {
            Self.fact(&story, probe, 10, .connecting(host: "mx", end))
            Self.fact(&story, probe, 20, .connected(local: local, remote: end, took: .milliseconds(9)))
            Self.fact(&story, probe, 60, Self.reply(220, "mx ESMTP", .connect, nil, 40))
            Self.fact(&story, probe, 61, .sent(stage: .hello, line: "EHLO probe.example.net", tls: false))
        }
        Self.fact(&story, 0, 70, Self.reply(250, "mx\nSTARTTLS", .hello, "EHLO probe.example.net", 9))
        Self.fact(&story, 0, 71, .sent(stage: .startTLS, line: "STARTTLS", tls: false))
        Self.fact(&story, 0, 80, Self.reply(454, "4.7.0 not now", .startTLS, "STARTTLS", 9))
        Self.fact(&story, 1, 70, Self.reply(250, "mx\nXXXXXXXA", .hello, "EHLO probe.example.net", 9))
        Self.fact(
            &story, 1, 71, .oddity(Oddity(.maskedBanner, "a device on the way writes over keywords"), stage: .hello))
        for probe in 0...1 { Self.fact(&story, probe, 100, .closed(.quit, during: .quit)) }
        for words in [
            "! mx1.example.test", "STARTTLS: 454 4.7.0 not now; the session went on", "TLS refused",
            "! masked-banner a device on the way writes over keywords", "differs  deviations seen", "refused with 454",
        ] { #expect(story.screen.contains(words), "\(words):\n\(story.screen)") }
    }

    @Test("Enter opens a session in the session pane, m comes back without asking anybody again")
    func opening() {
        var story = Self.story()
        story.press(.down, .enter)
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.incident.session?.decidingRefusal != nil)
        #expect(story.screen.contains("550 5.1.1 User unknown"))
        let count = story.effects.count
        story.press(.character("m"))
        #expect(story.effects.count == count)
        story.press(.character("r"))
        #expect(story.effects.contains { if case .survey(2, _, _) = $0 { true } else { false } })
        // What the first one still says is not of this one.
        Self.fact(&story, 0, 200, .note("late"))
        #expect(story.screen.contains("looking the exchangers up"))
    }

    @Test("a login is asked for once, for all of them")
    func login() {
        var story = Story()
        story.dashboard.settings.authentication = AuthenticationPlan(user: "probe")
        story.press(.character("m"))
        story.type("pw")
        story.press(.enter)
        let secret = SessionSecrets(login: Secret(Array("pw".utf8)))
        #expect(story.effects.contains { if case .survey(1, _, secret) = $0 { true } else { false } })
    }

    @Test("scrolls to its end at 80x24 and never further")
    func scrolling() {
        var story = Self.story()
        for _ in 0..<20 { story.press(.pageDown) }
        let end = story.screen
        #expect(end.contains("differs  end"))
        story.press(.pageDown)
        #expect(story.screen == end)
        for _ in 0..<20 { story.press(.pageUp) }
        #expect(story.screen.contains("MX  10 mx1.example.test"))
        for _ in 0..<9 { story.press(.down) }
        #expect(story.screen.contains("> "))
    }
}
