import DNS
import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

/// Each step judges an incident handed to it: no engine runs here.
@Suite("Steps of the walkthrough")
struct WalkthroughStepTests {
    private func step(_ id: String) throws -> WalkthroughStep {
        try #require(WalkthroughStep.all.first { $0.id == id })
    }

    private func outcome(_ id: String, _ incident: Incident) throws -> WalkthroughStep.Outcome {
        guard case .conclude(let outcome) = try step(id).judge(incident) else { throw NotConcluded(id: id) }
        return outcome
    }

    private func needs(_ id: String, _ incident: Incident) throws -> [WalkthroughStep.Request] {
        guard case .need(let requests) = try step(id).judge(incident) else { return [] }
        return requests
    }

    private struct NotConcluded: Error { let id: String }

    @Test("before anything has happened every step asks for what it needs")
    func needs() throws {
        var incident = Incident()
        incident.domain = DNSName("example.test")
        let domain = DNSSubject.domain(try #require(incident.domain))
        #expect(try needs("domain-has-mail-exchanger", incident) == [.examine(domain)])
        #expect(try needs("host-answers", incident) == [.converse(upTo: .connect)])
        #expect(try needs("greeting-arrives-in-time", incident) == [.converse(upTo: .connect)])
        #expect(try needs("server-says-hello", incident) == [.converse(upTo: .hello)])
        #expect(try needs("server-offers-starttls", incident) == [.converse(upTo: .startTLS)])
        #expect(try needs("sender-is-accepted", incident) == [.converse(upTo: .sender)])
        #expect(try needs("recipient-is-accepted", incident) == [.converse(upTo: .recipient)])
        #expect(try needs("gateway-saw-connection", incident) == [.chooseLog])
        #expect(try needs("source-has-reverse-dns", incident) == [.converse(upTo: .connect)])
    }

    @Test("a domain with an exchanger passes, one whose name does not exist fails")
    func exchanger() throws {
        let good = try Case.domain(.found([Case.mx("mx1.example.test")]), address: .found([Case.a("mx1.example.test")]))
        #expect(try outcome("domain-has-mail-exchanger", good).verdict == .passed)
        let gone = try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName))
        #expect(try outcome("domain-has-mail-exchanger", gone).verdict == .failed)
    }

    @Test("a refused connection fails the step and explains the refusal")
    func refused() throws {
        var incident = Incident()
        incident.sessions = [
            Case.session([.connecting(host: "mx1", Case.server), .closed(.refused, during: .connect)])
        ]
        let result = try outcome("host-answers", incident)
        #expect(result.verdict == .failed)
        let subject = try #require(result.subject)
        #expect(incident.query(for: subject)?.event == "refused")
    }

    @Test("a greeting of 31 s with a silent reverse zone is a warning that tells the join")
    func slowGreeting() throws {
        var incident = Incident()
        incident.sessions = [Case.session(Case.greeted(after: .seconds(31)))]
        try Case.examine(&incident, reverse: .silent, took: .seconds(30))
        let result = try outcome("greeting-arrives-in-time", incident)
        #expect(result.verdict == .warning)
        #expect(result.reading.contains("gets no answer"))
        #expect(try outcome("source-has-reverse-dns", incident).verdict == .failed)
    }

    @Test("a server without STARTTLS is a warning, one that refuses the recipient a failure with its reply")
    func conversation() throws {
        var incident = Incident()
        var facts = Case.greeted(after: .milliseconds(40))
        facts += Case.exchange("EHLO probe.example.net", .hello, 250, "mx1.example.test\nSIZE 1000")
        facts += Case.exchange("MAIL FROM:<probe@example.net>", .sender, 250, "2.1.0 Sender ok")
        facts += Case.exchange("RCPT TO:<user@example.test>", .recipient, 550, "5.1.1 User unknown")
        incident.sessions = [Case.session(facts)]
        #expect(try outcome("server-says-hello", incident).verdict == .passed)
        #expect(try outcome("server-offers-starttls", incident).verdict == .warning)
        #expect(try outcome("sender-is-accepted", incident).verdict == .passed)
        let refused = try outcome("recipient-is-accepted", incident)
        #expect(refused.verdict == .failed)
        let subject = try #require(refused.subject)
        #expect(incident.query(for: subject)?.reply == "550 5.1.1 User unknown")
    }

    @Test("the message step asks to confirm when a recipient was accepted, and passes on the 250 after the dot")
    func message() throws {
        var incident = Incident()
        var facts = Case.greeted(after: .milliseconds(40))
        facts += Case.exchange("EHLO probe.example.net", .hello, 250, "mx1.example.test\nSIZE 1000")
        facts += Case.exchange("MAIL FROM:<probe@example.net>", .sender, 250, "2.1.0 Sender ok")
        facts += Case.exchange("RCPT TO:<user@example.test>", .recipient, 250, "2.1.5 Recipient ok")
        incident.sessions = [Case.session(facts)]
        #expect(try needs("message-is-queued", incident) == [.confirmSending])
        facts += Case.exchange("DATA", .data, 354, "go ahead")
        facts.append(.sentMessage(bytes: 400, lines: 8, subject: "test", tls: false))
        facts.append(Case.reply(250, "ok:  Message 214 accepted", .endOfData, to: "DATA"))
        incident.sessions = [Case.session(facts)]
        #expect(try outcome("message-is-queued", incident).verdict == .passed)
        #expect(incident.acceptedMessage == .mid(214))
    }
}

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

    private static func answer(
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
