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
        #expect(result.reading.description.contains("gets no answer"))
        #expect(try outcome("source-has-reverse-dns", incident).verdict == .failed)
    }

    @Test("a public address of ours without a name is a warning, and what is advised fits the turn that a step took")
    func attention() throws {
        var incident = Incident()
        incident.sessions = [Case.session(Case.greeted(after: .milliseconds(30)))]
        try Case.examine(&incident, reverse: .absent(.noSuchName), took: .milliseconds(3))
        #expect(try outcome("source-has-reverse-dns", incident).verdict == .warning)
        let step = try #require(Procedure.all.flatMap(\.steps).first { $0.id == "gateway-saw-connection" })
        let found = WalkthroughStep.Outcome(.warning, observed: "it", reading: "ours", turn: .connection)
        let texts = step.remedies(after: found, incident).map(\.text.description)
        #expect(texts.count == 1 && texts[0].hasPrefix("the lines of this connection"))
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
        #expect(try outcome("message-is-queued", incident).observed.description == "no recipient was accepted")
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
