import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing

@Suite("Options form")
struct OptionsFormTests {
    /// Opens the form and types into the field that is `steps` fields further on.
    private func story(_ steps: Int = 0, _ text: String = "", catalogue: Bool = false) -> Story {
        var story = Story()
        story.press(.character("e"))
        for _ in 0..<steps { story.press(.tab) }
        story.type(text)
        return story
    }

    private func plan(_ story: Story) -> SessionPlan? {
        story.effects.lazy.compactMap { if case .converse(_, let plan, _) = $0 { plan } else { nil } }.first
    }

    @Test("Enter connects and runs, without a change the plan is what it was")
    func unchanged() {
        var story = Story()
        let before = story.dashboard.settings
        story.press(.character("e"), .enter)
        #expect(story.dashboard.settings == before)
        #expect(plan(story) == before.plan)
        #expect(story.effects.contains(.order(session: 0, .run(upTo: .recipient))))
    }

    @Test("Tab visits every page and field, PgDn turns the page, Esc changes nothing")
    func moving() {
        var story = story()
        let before = story.dashboard.settings
        for page in [
            "must verify", "initial response", "VRFY", "smtputf8", "REQUIRETLS", "deadlines", "messages", "raw file",
            "reconnect", "Envelope    ",
        ] {
            story.press(.pageDown)
            #expect(story.screen.contains(page), "the page with \(page) is missing:\n\(story.screen)")
        }
        story.press(.pageDown)
        #expect(story.screen.contains("host:port"))
        for _ in 0..<90 { story.press(.tab, .character("x")) }
        story.press(.escape)
        #expect(story.dashboard.prompt == nil)
        #expect(story.dashboard.settings == before)
    }

    @Test("a choice goes on with the blank, back with Left, and to a letter")
    func choices() {
        var story = story(7)
        #expect(story.screen.contains("< offered"))
        story.press(.character(" "))
        #expect(story.screen.contains("< required"))
        story.press(.left, .character("n"), .control("o"))
        #expect(story.dashboard.settings.tls == .never)
        #expect(story.dashboard.prompt == nil)
        #expect(plan(story) == nil, "Ctrl-O keeps and connects to nobody")
    }

    @Test("Right completes a word")
    func completion() {
        var story = Story()
        story.press(.character("e"), .pageDown, .pageDown, .pageDown, .pageDown)
        story.type("suc")
        story.press(.right)
        #expect(story.screen.contains("[ SUCCESS"))
        story.press(.right, .control("o"))
        #expect(story.dashboard.settings.recipients.first?.notify == [.failure])
    }

    @Test("a wrong value is said at its field, opens its page, and nothing is begun")
    func faults() {
        let wrong: [(pages: Int, fields: Int, text: String, sentence: String)] = [
            (0, 1, "no address", "write the address alone"),
            (0, 2, " NOTADDRESS", "NOTADDRESS is not an address"),
            (1, 7, "abcd", "abcd is not a SHA-256"),
            (1, 12, "/key.pem", "a key needs a client certificate"),
            (2, 1, "probe", "the mechanism is none"),
            (3, 2, "COLOUR=red", "COLOUR=red is not ATTRIBUTE=value"),
            (3, 4, "DESTADDR=192.0.2.1", "DESTADDR=192.0.2.1 is not ATTRIBUTE=value"),
            (4, 0, "SOMETIMES", "SOMETIMES is not one of"),
            (4, 0, "NEVER,DELAY", "NEVER stands alone"),
            (4, 4, "many", "a number of octets"),
            (5, 0, "0", "the octets of a chunk"),
            (5, 3, "0;R", "R needs a time above 0"),
            (5, 4, "10", "a number from -9 to 9"),
            (5, 5, "tomorrow", "seconds, or a time like"),
            (6, 1, "localhost", "localhost is not an address"),
            (6, 3, "ftp://x", "a proxy is written"),
            (6, 5, "3 a b", "1 or 2"),
            (6, 8, "lunch=60", "lunch=60 is not NAME=SECONDS"),
            (6, 8, "data=-1", "a limit is up to 86400 seconds"),
            (6, 9, "never", "seconds, up to a day, not never"),
            (7, 3, "no colon", "is no header field"),
            (7, 7, "x", "a number from 1 to 1000"),
            (8, 2, "a.pdf;id=x", "a file with an id is an inline file"),
            (8, 3, "a.png", "an inline file has an id"),
            (8, 3, "a.png;id=x", "shown by an HTML file"),
            (9, 0, "0000", "a number from 1 to 1000"),
            (9, 2, "big", "a number of octets"),
        ]
        for (pages, fields, text, sentence) in wrong {
            var story = Story(120, 40)
            story.press(.character("e"))
            for _ in 0..<pages { story.press(.pageDown) }
            for _ in 0..<fields { story.press(.tab) }
            story.type(text)
            story.press(.pageDown, .enter)
            #expect(story.screen.contains(sentence), "\(text):\n\(story.screen)")
            #expect(plan(story) == nil)
        }
    }

    @Test("every field writes what it reads, so that opening and closing the form changes nothing")
    func roundTrip() throws {
        var settings = Settings()
        settings.target = SessionTarget(.host("mx1.example.test"), port: 587)
        settings.reversePath = "probe@example.net"
        var recipient = Recipient("user@example.test", notify: [.success, .delay])
        recipient.original = "rfc822;user@example.test"
        recipient.byHand = ["RRVS=2026-01-01T00:00:00Z"]
        settings.recipients = [recipient]
        settings.stopAfter = .sender
        settings.tls = .required
        (settings.security.minimum, settings.security.maximum) = (.tls12, .tls13)
        (settings.security.ciphers, settings.security.serverName) = ("HIGH", "")
        (settings.security.expectedName, settings.security.mustVerify) = ("mx.example.test", true)
        settings.security.pins = [String(repeating: "ab", count: 32), String(repeating: "01", count: 32)]
        (settings.security.certificateFile, settings.security.keyFile) = ("/a.pem", "/b.pem")
        settings.authentication = AuthenticationPlan(
            mechanism: .scramSHA256, user: "probe", actsAs: "other", channel: .encrypted, sendsInitialResponse: false)
        (settings.mail.returns, settings.mail.envelopeID, settings.mail.body) = (.headers, "QQ 1", .eightBit)
        (settings.mail.size, settings.mail.isInternational, settings.mail.byHand) = (.octets(412), true, ["X=1", "Y"])
        settings.connection.family = .v6
        (settings.connection.source, settings.connection.sourcePort) = (IPAddress("2001:db8::7"), 2525)
        settings.connection.proxyHeader = ProxyHeader(
            .v2, client: Endpoint(IPAddress(v4: 192, 0, 2, 1), 4000), server: Endpoint(IPAddress(v4: 192, 0, 2, 25), 25)
        )
        (settings.isLMTP, settings.pipelines) = (true, true)
        settings.clientAttributes = ["NAME=client.example ADDR=192.0.2.1"]
        (settings.deadlines.greeting, settings.deadlines.quit) = (.milliseconds(1500), .seconds(3))
        settings.message.body = "one\n\\two\n"
        settings.messages = 3
        (settings.security.trustFile, settings.security.resumes) = ("/roots.pem", true)
        settings.security.discardsInjection = true
        settings.authentication?.binding = .exporter
        settings.authentication?.mechanism = .scramSHA256Plus
        (settings.greeting, settings.greetsAgain) = (.extended, false)
        settings.forwardAttributes = "IDENT=4711"
        settings.probes = [
            ServerProbe(.noop), ServerProbe(.verify, "a@example.test"), ServerProbe(.verify, "b@example.test"),
            ServerProbe(.turn, "example.test"), ServerProbe(.reset),
        ]
        (settings.services.chunk, settings.services.wantsRecipientReplies) = (4096, true)
        (settings.services.requiresTLS, settings.services.ignoresLimits) = (true, true)
        (settings.services.deliverBy, settings.services.priority) = (.init("120;RT"), -3)
        settings.services.hold = .until("2026-11-22T09:00:00Z")
        settings.connection.proxy = try? ConnectionProxy(parsing: "socks5h://me@proxy.example:1080")
        (settings.connection.interface, settings.maximumTime) = ("eth0", .milliseconds(2500))
        (settings.dropsAfter, settings.dropsBeforeReply) = (.data, .startTLS)
        settings.message.headerEdits = [
            .remove("Message-ID"), .replace(try HeaderField(parsing: "To: a, b")),
            .add(try HeaderField(parsing: "X-One: 1")), .add(try HeaderField(parsing: "X-Two: \\2")),
        ]
        (settings.message.encoding, settings.message.fillsTokens) = (.base64, true)
        (settings.message.sources.text, settings.message.sources.charset) = ("/text", "iso-2022-jp")
        (settings.message.sources.html, settings.message.sources.makesCRLF) = ("/text.html", true)
        settings.message.sources.isStuffed = false
        settings.message.sources.attachments = [
            try AttachmentSource(parsing: "/a;b.pdf;type=application/pdf;name=c.pdf"),
            try AttachmentSource(parsing: "/p.png;id=p@x"),
        ]
        (settings.burst.sessions, settings.burst.messages, settings.burst.size) = (10, 500, 2048)
        settings.burst.reconnects = true
        var story = Story()
        story.dashboard.settings = settings
        story.press(.character("e"), .control("o"))
        #expect(story.dashboard.prompt == nil, "\(story.screen)")
        #expect(story.dashboard.settings == settings)
    }

    @Test("the overview names what differs, and the pages that do carry a sign")
    func overview() {
        var story = Story()
        (story.dashboard.settings.tls, story.dashboard.settings.isLMTP) = (.required, true)
        story.press(.character("e"), .pageUp)
        for words in ["Connection*", "lmtp                yes", "tls                 required"] {
            #expect(story.screen.contains(words), "\(words):\n\(story.screen)")
        }
        #expect(!story.screen.contains("Login*"))
    }

    @Test("r stops where the form says, and says so when asked again")
    func stop() {
        var story = Story()
        story.dashboard.settings.stopAfter = .hello
        story.press(.character("r"))
        #expect(story.effects.contains(.order(session: 0, .run(upTo: .hello))))
        story = Story()
        story.dashboard.settings.stopAfter = .hello
        story.connect()
        story.command("EHLO probe.example.net", .hello)
        story.reply(250, "mx1.example.test", .hello, to: "EHLO probe.example.net")
        let count = story.effects.count
        story.press(.character("r"))
        #expect(story.effects.count == count)
        #expect(story.dashboard.notice?.text.contains("stops after EHLO") == true)
    }
}
