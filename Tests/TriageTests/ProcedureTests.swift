import DNS
import MailLog
import MailVocabulary
import SMTP
import Testing
import Triage

/// Each step of each procedure judges an incident handed to it: no engine runs here.
@Suite("Procedures")
struct ProcedureTests {
    private func judge(
        _ id: String, _ incident: Incident
    ) throws -> Judgement<WalkthroughStep.Request, WalkthroughStep.Outcome> {
        try #require(WalkthroughStep.all.first { $0.id == id }).judge(incident)
    }

    private func outcome(_ id: String, _ incident: Incident) throws -> WalkthroughStep.Outcome {
        guard case .conclude(let outcome) = try judge(id, incident) else { throw NotConcluded(id: id) }
        return outcome
    }

    private func needs(_ id: String, _ incident: Incident) throws -> [WalkthroughStep.Request] {
        guard case .need(let requests) = try judge(id, incident) else { return [] }
        return requests
    }

    private struct NotConcluded: Error { let id: String }

    @Test("every procedure is found by its name, and has a question and steps of different names")
    func registry() {
        for procedure in Procedure.all {
            #expect(Procedure.named(procedure.id)?.steps.count == procedure.steps.count)
            #expect(procedure.title.description.hasSuffix("?"))
            #expect(procedure.steps.count >= 4)
            #expect(Set(procedure.steps.map(\.id)).count == procedure.steps.count)
        }
    }

    @Test("no step of any procedure wants to send before anything was said")
    func quiet() {
        for step in WalkthroughStep.all {
            guard case .need(let requests) = step.judge(Incident()) else { continue }
            #expect(!requests.contains(.confirmSending), "\(step.id)")
        }
    }

    @Test("no step offers more keys than there are")
    func offers() {
        for step in WalkthroughStep.all { #expect(step.remedies.compactMap(\.offer).count <= 3, "\(step.id)") }
    }

    @Test(
        "after a refusal only what is for its code is said, and after a lost connection everything",
        arguments: [
            (451, "4.7.1 greylisted", ["450 or 451"]), (550, "5.1.1 no such user", ["550 5.1.1", "554 relay denied"]),
            (599, "no", ["550 5.1.1", "450 or 451", "554 relay denied"]),
        ])
    func remedies(code: Int, text: String, starts: [String]) throws {
        let step = try #require(WalkthroughStep.all.first { $0.id == "recipient-is-accepted" })
        let start =
            Case.greeted(after: .milliseconds(5)) + Case.exchange("EHLO probe.example.net", .hello, 250, "mx1")
            + Case.exchange("MAIL FROM:<probe@example.net>", .sender, 250, "ok")
        let refused = Case.incident(start + Case.exchange("RCPT TO:<user@example.test>", .recipient, code, text))
        let said = step.remedies(after: try outcome(step.id, refused), refused).map(\.text.description)
        #expect(said.count == starts.count && zip(said, starts).allSatisfy { $0.hasPrefix($1) }, "\(said)")
        let lost = Case.incident(start + [.closed(.reset(during: .recipient), during: .recipient)])
        #expect(step.remedies(after: try outcome(step.id, lost), lost) == step.remedies)
    }

    // MARK: cannot connect

    @Test("a closed port of a host that answers elsewhere is not a dead host")
    func closedPort() throws {
        var incident = Case.incident([
            .connecting(host: "mx1", Case.server), .closed(.connectTimedOut, during: .connect),
        ])
        #expect(try needs("other-port-answers", incident) == [.probe(.port(587))])
        Case.add(.port(587), Case.greeted(after: .milliseconds(5)), to: &incident)
        let found = try outcome("other-port-answers", incident)
        #expect(found.verdict == .warning)
        #expect(found.reading.description == "the host is alive: only port 25 does not answer")
        // The walkthrough's own session is still the first one.
        #expect(try outcome("host-answers", incident).verdict == .failed)
    }

    @Test("silence on both ports and a refusal on both are two stories")
    func deadHost() throws {
        for (reason, words) in [(CloseReason.connectTimedOut, "nothing at that address"), (.refused, "the host is up")]
        {
            var incident = Case.incident([.connecting(host: "mx1", Case.server), .closed(reason, during: .connect)])
            let end: [SessionFact] = [.connecting(host: "mx1", Case.server), .closed(reason, during: .connect)]
            Case.add(.port(587), end, to: &incident)
            let found = try outcome("other-port-answers", incident)
            #expect(found.verdict == .failed)
            #expect(found.reading.description.hasPrefix(words))
        }
    }

    @Test("a second exchanger that answers clears our own network")
    func otherExchanger() throws {
        var incident = Case.incident([
            .resolved(
                exchangers: ["10 mx1.example.test", "20 mx2.example.test"], host: "mx1.example.test",
                addresses: [Case.server.address], took: .milliseconds(3)),
            .connecting(host: "mx1.example.test", Case.server), .closed(.connectTimedOut, during: .connect),
        ])
        #expect(try outcome("host-has-address", incident).verdict == .passed)
        #expect(try needs("other-exchanger-answers", incident) == [.probe(.host("mx2.example.test"))])
        Case.add(.host("mx2.example.test"), Case.greeted(after: .milliseconds(5)), to: &incident)
        #expect(
            try outcome("other-exchanger-answers", incident).reading.description.hasPrefix("our network lets us out"))
    }

    // MARK: recipient refused

    @Test("a refused recipient whose postmaster is taken is refused for itself")
    func recipientAlone() throws {
        var incident = Case.incident(Case.envelope(550, "5.1.1 User unknown"))
        #expect(try needs("postmaster-is-accepted", incident) == [.probe(.postmaster)])
        #expect(
            Probe.postmaster.plan(from: incident.sessions[0].plan).recipients.map(\.forwardPath) == [
                "postmaster@example.test"
            ])
        Case.add(.postmaster, Case.envelope(250, "2.1.5 ok"), to: &incident)
        #expect(try outcome("postmaster-is-accepted", incident).verdict == .passed)
        // What was asked first is still judged by the first session.
        #expect(try outcome("recipient-is-accepted", incident).verdict == .failed)
    }

    @Test("a recipient that is taken from <> but not from us is refused for our sender")
    func senderAlone() throws {
        var incident = Case.incident(Case.envelope(550, "5.7.1 not allowed"))
        Case.add(.postmaster, Case.envelope(550, "5.7.1 not allowed"), to: &incident)
        Case.add(.nullSender, Case.envelope(250, "2.1.5 ok"), to: &incident)
        #expect(try outcome("postmaster-is-accepted", incident).verdict == .failed)
        let found = try outcome("null-sender-is-accepted", incident)
        #expect(found.verdict == .warning)
        #expect(found.causes.map(\.description) == ["probe@example.net is not welcome there"])
    }

    @Test("the server asked is the domain's exchanger, or the step says that it is not")
    func rightServer() throws {
        var incident = try Case.domain(
            .found([Case.mx("mx1.example.test")]), address: .found([Case.a("mx1.example.test")]))
        incident.sessions = [Case.session(Case.envelope(554, "5.7.1 relaying denied"))]
        #expect(try outcome("server-is-exchanger", incident).verdict == .passed)
        var other = try Case.domain(.found([Case.mx("mx9.example.test")]), address: .found([]))
        other.sessions = incident.sessions
        #expect(try outcome("server-is-exchanger", other).verdict == .warning)
    }

    // MARK: login, banner

    @Test("AUTH on port 25 is not missed, AUTH in the clear is a warning")
    func login() throws {
        let relay = Case.incident(Case.envelope(250, "ok"))
        #expect(try outcome("server-offers-login", relay).verdict == .passed)
        let clear = Case.incident(Case.envelope(250, "ok", keywords: "AUTH PLAIN LOGIN"))
        let found = try outcome("server-offers-login", clear)
        #expect(found.verdict == .warning)
        #expect(found.observed.description == "AUTH PLAIN LOGIN, in the clear")
        #expect(try outcome("login-is-accepted", clear).verdict == .passed)
        let wanted = Case.incident(Case.envelope(530, "5.7.0 Authentication required", keywords: "AUTH PLAIN"))
        #expect(
            try outcome("login-is-accepted", wanted).reading.description
                == "the server wants a login: give one in the form")
    }

    @Test("a second greeting that is fast means that something was looked up, one that is just as slow does not")
    func banner() throws {
        var incident = Case.incident(Case.greeted(after: .seconds(31)))
        #expect(try needs("greeting-is-slow-again", incident) == [.probe(.again)])
        var steady = incident
        Case.add(.again, Case.greeted(after: .milliseconds(90)), to: &incident)
        #expect(try outcome("greeting-is-slow-again", incident).verdict == .warning)
        Case.add(.again, Case.greeted(after: .seconds(30)), to: &steady)
        #expect(try outcome("greeting-is-slow-again", steady).reading.description == "just as slow again")
    }

    // MARK: why did this message not arrive?

    private func missing(_ log: String, sender: String = "probe@example.net") -> Incident {
        var incident = Incident()
        incident.inquiry = Inquiry(sender: sender, recipient: "user@example.test")
        incident.log = Case.log(log)
        incident.search(sender)
        return incident
    }

    @Test("the sender is asked for, then looked for in the log")
    func inquiry() throws {
        var incident = Incident()
        #expect(try needs("sender-is-known", incident) == [.inquire])
        incident.inquiry = Inquiry(sender: "not an address")
        #expect(try outcome("sender-is-known", incident).verdict == .failed)
        incident.inquiry = Inquiry(sender: "probe@example.net")
        #expect(try outcome("sender-is-known", incident).verdict == .passed)
        #expect(try needs("log-has-sender", incident) == [.chooseLog])
        incident.log = Case.log(
            "New SMTP ICID 6 interface D (192.0.2.25) address 198.51.100.7 reverse dns host m.test verified yes")
        #expect(try needs("log-has-sender", incident) == [.search(["probe@example.net"])])
    }

    @Test("a message that a filter threw away is followed from its sender to that verdict")
    func dropped() throws {
        let incident = missing(
            Case.message("MID 214 antivirus positive 'EICAR'\nMessage aborted MID 214 Dropped by antivirus"))
        #expect(try outcome("log-has-sender", incident).verdict == .passed)
        #expect(try outcome("connection-was-accepted", incident).verdict != .failed)
        #expect(try outcome("message-was-taken", incident).verdict == .passed)
        #expect(try outcome("message-was-delivered", incident).verdict == .failed)
        #expect(try outcome("dialogue-is-recorded", incident).verdict == .passed)
    }

    @Test("a message that was handed over clears both sides")
    func delivered() throws {
        let incident = missing(Case.message(Case.delivered))
        #expect(try outcome("message-was-delivered", incident).verdict == .passed)
        #expect(try outcome("sender-is-told", incident).verdict == .passed)
    }

    @Test("a sender that never came leads to the debug log, to the sender's administrator and to a letter")
    func neverCame() throws {
        let incident = missing(Case.message(Case.delivered), sender: "boss@elsewhere.test")
        #expect(try outcome("log-has-sender", incident).verdict == .failed)
        #expect(try outcome("message-was-taken", incident).verdict == .failed)
        #expect(try outcome("dialogue-is-recorded", incident).verdict == .warning)
        #expect(try outcome("sender-is-told", incident).verdict == .warning)
        var walk = Walkthrough(.arrive)
        walk.position = walk.procedure.steps.count
        let plan = Case.session([]).plan
        let summary = WalkthroughSummary(walk, incident, plan)
        #expect(summary.verdict == .failed)
        #expect(summary.decisive?.step.id == "log-has-sender")
        let letter = Letter(incident, summary)
        #expect(letter.to == "postmaster@elsewhere.test")
        #expect(letter.text.contains("boss@elsewhere.test wrote to user@example.test"))
    }

    // MARK: accepted but not delivered, and receipts

    @Test("the id of the 250 leads through the log to the next server's words")
    func accepted() throws {
        var incident = Case.incident(Case.sent())
        #expect(try needs("message-is-in-log", incident) == [.chooseLog])
        incident.log = Case.log(Case.message(Case.delivered))
        #expect(try outcome("message-is-in-log", incident).verdict == .passed)
        #expect(try outcome("message-passed-filters", incident).verdict == .passed)
        let hop = try outcome("message-left-gateway", incident)
        #expect(hop.verdict == .passed)
        #expect(hop.observed.description.contains("3jj"))
        let question: Phrase = "Is \"\(incident.sessions[0].plan.message.subject)\" in the recipient's inbox?"
        #expect(try needs("recipient-saw-message", incident) == [.ask(question)])
        incident.answers[question] = false
        #expect(try outcome("recipient-saw-message", incident).verdict == .failed)
    }

    @Test("a log that does not know the id, or knows another message by it, is said to be another log")
    func foreignLog() throws {
        var incident = Case.incident(Case.sent())
        incident.log = Case.log("ICID 9 close")
        #expect(try outcome("message-is-in-log", incident).verdict == .failed)
        incident.log = Case.log(
            """
            New SMTP ICID 6 interface D (192.0.2.25) address 203.0.113.7 reverse dns host m.test verified yes
            Start MID 214 ICID 6
            MID 214 ICID 6 From: <other@example.org>
            MID 214 ICID 6 RID 0 To: <nobody@example.org>
            """)
        #expect(try outcome("message-is-in-log", incident).reading.description.contains("another gateway"))
    }

    @Test("receipts: without DSN a warning, and the report is found in the log or asked for")
    func receipts() throws {
        var incident = Case.incident(Case.sent())
        #expect(try outcome("server-offers-dsn", incident).verdict == .warning)
        let question: Phrase = "Did the report arrive in the mailbox of \("probe@example.net")?"
        #expect(try needs("report-came-back", incident) == [.ask(question)])
        incident.log = Case.log(
            """
            Start MID 300 ICID 0
            MID 300 ICID 0 From: <>
            MID 300 ICID 0 RID 0 To: <probe@example.net>
            MID 300 ready 900 bytes from <>
            New SMTP DCID 4 interface 192.0.2.25 address 203.0.113.9 port 25
            Delivery start DCID 4 MID 300 to RID [0]
            Message done DCID 4 MID 300 to RID [0]
            MID 300 RID [0] Response '2.0.0 Ok: queued as 4kk'
            Message finished MID 300 done
            """)
        #expect(try needs("report-came-back", incident) == [.search(["probe@example.net"])])
        incident.search("probe@example.net")
        #expect(try outcome("report-came-back", incident).verdict == .passed)
    }
}
