import Assets
import Canvas
import DNS
import Dashboard
import MailLog
import MailVocabulary
import SMTP
import Triage

/// A dashboard that things happen to, as the engines would post them: no clock, no socket, always the same.
struct Story {
    var dashboard: Dashboard
    /// Everything that the reducer has asked for so far.
    var effects: [Effect] = []
    private var at = Duration.zero

    static let source = IPAddress(v4: 198, 51, 100, 7)
    static let server = IPAddress(v4: 192, 0, 2, 25)

    init(
        _ columns: Int = 80, _ rows: Int = 24, catalogue: ReplyCatalogue? = nil, language: Language = .english
    ) {
        var settings = Settings()
        settings.target = SessionTarget(
            .domain("example.test"), recipient: Mailbox(localPart: "user", domain: "example.test"))
        settings.recipients = [Recipient("user@example.test")]
        settings.helloName = "probe.example.net"
        settings.reversePath = "probe@example.net"
        settings.resolverName = "192.0.2.53:53"
        settings.themeNames = ["porthole-dark", "porthole-light"]
        settings.language = language
        dashboard = Dashboard(
            settings: settings, size: Size(columns: columns, rows: rows), words: InterfaceAssets.words)
        if let catalogue { act(.learned(catalogue)) }
    }

    mutating func act(_ action: Action) { effects += dashboard.reduce(action) }

    mutating func press(_ keys: Key...) { for key in keys { act(.pressed(key)) } }

    mutating func type(_ text: String) { for scalar in text.unicodeScalars { act(.pressed(.character(scalar))) } }

    mutating func pass(_ time: Duration) {
        at += time
        act(.ticked(now: at))
    }

    /// The next fact of the current session, after `time`.
    mutating func fact(_ fact: SessionFact, after time: Duration = .milliseconds(5)) {
        pass(time)
        act(.happened(session: dashboard.incident.sessions.count - 1, SessionEvent(at: at, fact)))
    }

    /// A reply of one line.
    mutating func reply(_ code: Int, _ text: String, _ stage: SessionStage, to command: String?, after: Int = 20) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
        let status = text.split(separator: " ").first.flatMap { EnhancedStatusCode($0) }
        let time = Duration.milliseconds(after)
        fact(
            .received(
                Reply(code: ReplyCode(code), lines: lines, status: status), stage: stage, command: command,
                timing: ReplyTiming(firstByte: time, lastByte: time), tls: false), after: time)
    }

    mutating func command(_ line: String, _ stage: SessionStage) { fact(.sent(stage: stage, line: line, tls: false)) }

    /// Resolved, connected, greeted.
    mutating func connect(greetingAfter milliseconds: Int = 40) {
        press(.character("o"))
        fact(
            .resolved(
                exchangers: ["10 mx1.example.test", "20 mx2.example.test"], host: "mx1.example.test",
                addresses: [Self.server], took: .milliseconds(31)))
        fact(.connecting(host: "mx1.example.test", Endpoint(Self.server, 25)))
        fact(
            .connected(local: Endpoint(Self.source, 40_000), remote: Endpoint(Self.server, 25), took: .milliseconds(12))
        )
        reply(220, "mx1.example.test ESMTP", .connect, to: nil, after: milliseconds)
    }

    /// Up to an accepted MAIL FROM.
    mutating func introduce() {
        connect()
        command("EHLO probe.example.net", .hello)
        reply(250, "mx1.example.test\n8BITMIME\nSIZE 33554432\nDSN", .hello, to: "EHLO probe.example.net")
        command("MAIL FROM:<probe@example.net>", .sender)
        reply(250, "sender <probe@example.net> ok", .sender, to: "MAIL FROM:<probe@example.net>")
    }

    /// Up to an accepted recipient.
    mutating func rehearse() {
        introduce()
        command("RCPT TO:<user@example.test>", .recipient)
        reply(250, "recipient <user@example.test> ok", .recipient, to: "RCPT TO:<user@example.test>")
    }

    /// The message was sent and taken as MID 214.
    mutating func deliver() {
        command("DATA", .data)
        reply(354, "go ahead", .data, to: "DATA")
        fact(.sentMessage(bytes: 412, lines: 9, subject: "Porthole test 7F3A", tls: false))
        reply(250, "ok:  Message 214 accepted", .endOfData, to: "DATA", after: 704)
    }

    /// The resolver found one record about the domain in question.
    mutating func answer(_ type: RecordType, _ name: String, _ data: RecordData) {
        guard let domain = dashboard.incident.domain, let name = DNSName(name) else { return }
        let record = ResourceRecord(name, type, ttl: 3600, data)
        let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)
        let answer = DNSAnswer(DNSQuestion(name, type), from: server, .found([record]), took: .milliseconds(12))
        act(.answered(.domain(domain), answer))
    }

    mutating func log(_ text: String) {
        var splitter = LineSplitter()
        if dashboard.logs.isEmpty { effects += dashboard.follow(log: "mail_logs") }
        act(.followed(source: 0, .opened(name: "mail_logs", size: 0)))
        act(.followed(source: 0, .lines(splitter.split(Array(text.utf8)))))
        act(.followed(source: 0, .caughtUp))
    }

    var screen: String { dashboard.frame.text() }
}

/// Log lines written by us in the form of a gateway's text mail log.
enum Logs {
    static let delivered = """
        Sat Nov 21 19:40:07 2026 Info: New SMTP ICID 880 interface Management (10.0.0.1) address 203.0.113.4 reverse dns host unknown verified no
        Sat Nov 21 19:40:11 2026 Info: New SMTP ICID 881 interface Management (10.0.0.1) address 198.51.100.7 reverse dns host unknown verified no
        Sat Nov 21 19:40:11 2026 Info: ICID 881 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS None
        Sat Nov 21 19:40:12 2026 Info: Start MID 214 ICID 881
        Sat Nov 21 19:40:12 2026 Info: MID 214 ICID 881 From: <probe@example.net>
        Sat Nov 21 19:40:12 2026 Info: MID 214 ICID 881 RID 0 To: <user@example.test>
        Sat Nov 21 19:40:12 2026 Info: ICID 880 REJECT SG BLOCKED match 203.0.113.4 SBRS -9.1
        Sat Nov 21 19:40:12 2026 Info: MID 214 Subject 'Porthole test 7F3A'
        Sat Nov 21 19:40:12 2026 Info: MID 214 ready 412 bytes from <probe@example.net>
        Sat Nov 21 19:40:13 2026 Info: MID 214 queued for delivery
        Sat Nov 21 19:40:13 2026 Info: New SMTP DCID 4411 interface 10.0.0.1 address 10.9.0.1 port 25
        Sat Nov 21 19:40:13 2026 Info: Delivery start DCID 4411 MID 214 to RID [0]
        Sat Nov 21 19:40:14 2026 Info: Message done DCID 4411 MID 214 to RID [0]
        Sat Nov 21 19:40:14 2026 Info: MID 214 RID [0] Response '2.0.0 Ok: queued as 3jjSKc6HnKz4GTHJ'
        Sat Nov 21 19:40:14 2026 Info: Message finished MID 214 done

        """
}
