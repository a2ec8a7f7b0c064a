import DNS
import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

/// Incidents in the making.
enum Case {
    static let server = Endpoint(IPAddress(v4: 192, 0, 2, 25), 25)
    static let source = Endpoint(IPAddress(v4: 198, 51, 100, 7), 40_000)
    static let resolver = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)

    static func session(_ facts: [SessionFact]) -> SessionRecord {
        let plan = SessionPlan(
            target: SessionTarget(.host("mx1.example.test")), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")])
        var record = SessionRecord(plan: plan)
        for (index, fact) in facts.enumerated() { record.append(SessionEvent(at: .milliseconds(index * 10), fact)) }
        return record
    }

    static func greeted(after time: Duration) -> [SessionFact] {
        [
            .connecting(host: "mx1.example.test", server),
            .connected(local: source, remote: server, took: .milliseconds(12)),
            .received(
                Reply(code: 220, lines: [Array("mx1.example.test ESMTP".utf8)]), stage: .connect, command: nil,
                timing: ReplyTiming(firstByte: time, lastByte: time), tls: false),
        ]
    }

    static func exchange(_ line: String, _ stage: SessionStage, _ code: Int, _ text: String) -> [SessionFact] {
        [.sent(stage: stage, line: line, tls: false), reply(code, text, stage, to: line)]
    }

    static func reply(_ code: Int, _ text: String, _ stage: SessionStage, to command: String) -> SessionFact {
        let time = Duration.milliseconds(5)
        let lines = text.split(separator: "\n").map { Array($0.utf8) }
        return .received(
            Reply(code: ReplyCode(code), lines: lines), stage: stage, command: command,
            timing: ReplyTiming(firstByte: time, lastByte: time), tls: false)
    }

    static func mx(_ host: String) -> ResourceRecord {
        ResourceRecord(
            DNSName("example.test") ?? .root, .mx, ttl: 3600, .exchange(MailExchanger(10, DNSName(host) ?? .root)))
    }

    static func a(_ host: String) -> ResourceRecord {
        ResourceRecord(DNSName(host) ?? .root, .a, ttl: 3600, .address(server.address))
    }

    /// A domain examined to the end, with one answer for its MX and one for every address question.
    static func domain(_ exchangers: DNSAnswer.Outcome, address: DNSAnswer.Outcome) throws -> Incident {
        var incident = Incident()
        let domain = try #require(DNSName("example.test"))
        incident.domain = domain
        answer(&incident, .domain(domain)) { question in
            question.type == .mx ? exchangers : question.type == .a ? address : .absent(.noSuchRecord)
        }
        return incident
    }

    static func examine(_ incident: inout Incident, reverse: DNSAnswer.Outcome, took: Duration) throws {
        answer(&incident, .address(source.address, role: .source), took: took) { question in
            question.type == .ptr ? reverse : .found([])
        }
    }

    static func answer(
        _ incident: inout Incident, _ subject: DNSSubject, took: Duration = .milliseconds(5),
        _ outcome: (DNSQuestion) -> DNSAnswer.Outcome
    ) {
        _ = incident.begin(subject)
        while true {
            let questions = incident.takeQuestions(of: subject)
            if questions.isEmpty { return }
            for question in questions {
                incident.insert(DNSAnswer(question, from: resolver, outcome(question), took: took), for: subject)
            }
        }
    }
}

extension Case {
    /// An incident whose session said all this.
    static func incident(_ facts: [SessionFact]) -> Incident {
        var incident = Incident()
        incident.domain = DNSName("example.test")
        incident.sessions = [session(facts)]
        return incident
    }

    /// A second attempt, with what came of it.
    static func add(_ probe: Probe, _ facts: [SessionFact], to incident: inout Incident) {
        var record = SessionRecord(plan: probe.plan(from: incident.sessions[0].plan))
        for (index, fact) in facts.enumerated() { record.append(SessionEvent(at: .milliseconds(index * 10), fact)) }
        incident.probes[probe] = incident.sessions.count
        incident.sessions.append(record)
    }

    /// From EHLO to the answer to RCPT.
    static func envelope(_ code: Int, _ text: String, keywords: String = "SIZE 1000") -> [SessionFact] {
        greeted(after: .milliseconds(40))
            + exchange("EHLO probe.example.net", .hello, 250, "mx1.example.test\n\(keywords)")
            + exchange("MAIL FROM:<probe@example.net>", .sender, 250, "2.1.0 Sender ok")
            + exchange("RCPT TO:<user@example.test>", .recipient, code, text)
    }

    /// The same, and the message sent.
    static func sent(keywords: String = "SIZE 1000") -> [SessionFact] {
        envelope(250, "2.1.5 Recipient ok", keywords: keywords)
            + exchange("DATA", .data, 354, "go ahead")
            + [
                .sentMessage(bytes: 400, lines: 8, subject: "test", tls: false),
                reply(250, "ok:  Message 214 accepted", .endOfData, to: "DATA"),
            ]
    }

    /// The log of a Cisco ESA, read to its end.
    static func log(_ lines: String) -> LogBook {
        var book = LogBook(name: "mail_logs")
        let raw = lines.split(separator: "\n").enumerated().map { index, line in
            RawLogLine(
                number: index + 1, offset: UInt64(index * 200),
                bytes: Array("Mon Feb  2 10:00:0\(index % 10) 2026 Info: \(line)".utf8))
        }
        book.take(.lines(raw))
        book.take(.caughtUp)
        return book
    }

    /// A message from the sender to the recipient, and what became of it.
    static func message(_ end: String) -> String {
        """
        New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.7 reverse dns host m.test verified yes
        ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS None
        Start MID 214 ICID 6
        MID 214 ICID 6 From: <probe@example.net>
        MID 214 ICID 6 RID 0 To: <user@example.test>
        MID 214 ready 400 bytes from <probe@example.net>
        \(end)
        """
    }

    static let delivered = """
        New SMTP DCID 3 interface 192.0.2.25 address 203.0.113.9 port 25
        Delivery start DCID 3 MID 214 to RID [0]
        Message done DCID 3 MID 214 to RID [0]
        MID 214 RID [0] Response '2.0.0 Ok: queued as 3jj'
        Message finished MID 214 done
        """
}
