import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("AUTH by the plan")
struct AuthenticationTests {
    @Test("PLAIN goes out under TLS in the AUTH command, and the record holds no form of the password")
    func plain() {
        var story = secured(by: AuthenticationPlan(mechanism: .plain, user: "probe"))
        story.expect("AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M=")
        story.receive("235 2.7.0 ok s3cr3tpass AHByb2JlAHMzY3IzdHBhc3M=\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
        #expect(story.record.authenticatedWith == "PLAIN")
        let text = TranscriptText.text(of: story.record.events) + SessionJournal.header(story.record.plan)
        for secret in ["s3cr3tpass", "AHByb2JlAHMzY3IzdHBhc3M", "czNjcjN0cGFzcw"] { #expect(!text.contains(secret)) }
        #expect(!"\(Self.secret) \(String(reflecting: Self.secret))".contains("s3cr3t"))
    }

    @Test("without an initial response the first message waits for the 334")
    func waits() {
        var plan = AuthenticationPlan(mechanism: .plain, user: "probe")
        plan.sendsInitialResponse = false
        var story = secured(by: plan)
        story.expect("AUTH PLAIN")
        story.receive("334 \r\n")
        story.expect("AHByb2JlAHMzY3IzdHBhc3M=")
        story.receive("235 ok\r\n")
        story.expect("MAIL FROM:<probe@example.net>")
        #expect(story.failures == [])
    }

    @Test("LOGIN answers the two questions, whatever they are called")
    func login() {
        var story = secured(by: AuthenticationPlan(mechanism: .login, user: "probe"))
        story.expect("AUTH LOGIN")
        story.receive("334 cXVlcw==\r\n")
        story.expect("cHJvYmU=")
        story.receive("334 \r\n")
        story.expect("czNjcjN0cGFzcw==")
        story.receive("535 5.7.8 no\r\n")
        #expect(story.failures == [])
        #expect(story.record.decidingRefusal != nil)
        #expect(!story.record.progress.isPlanDone)
    }

    @Test("a server with another question gets an asterisk, and the run ends")
    func cancels() {
        var story = secured(by: AuthenticationPlan(mechanism: .plain, user: "probe"))
        story.expect("AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M=")
        story.receive("334 bW9yZQ==\r\n")
        story.expect("*")
        story.receive("501 5.7.0 cancelled\r\n")
        #expect(story.failures == [])
        #expect(story.notes.contains("AUTH is given up: PLAIN has no answer to another challenge"))
    }

    @Test("a server that goes on asking after the asterisk is left without another word")
    func leavesEndlessServer() {
        var story = secured(by: AuthenticationPlan(mechanism: .plain, user: "probe"))
        story.expect("AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M=")
        story.receive("334 bW9yZQ==\r\n")
        story.expect("*")
        story.receive("334 bW9yZQ==\r\n")
        #expect(story.failures == [] && story.isClosed)
        let oddity = Oddity(.unexpectedCode, "334 to the asterisk that ended AUTH")
        #expect(story.record.closed == .protocolViolation(oddity))
    }

    @Test("a challenge that is not base64 gets an asterisk")
    func cancelsNonsense() {
        var story = secured(by: AuthenticationPlan(mechanism: .login, user: "probe"))
        story.expect("AUTH LOGIN")
        story.receive("334 Username:\r\n")
        story.expect("*")
        #expect(story.failures == [])
    }

    @Test("OAuth's reason is shown, answered, and the refusal is the server's")
    func showsReason() {
        var story = secured(by: AuthenticationPlan(mechanism: .xoauth2, user: "probe"))
        story.expect("AUTH XOAUTH2 dXNlcj1wcm9iZQFhdXRoPUJlYXJlciBzM2NyM3RwYXNzAQE=")
        story.receive("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n")
        story.expect("")
        story.receive("535 5.7.8 no\r\n")
        #expect(story.failures == [])
        #expect(story.notes.contains(#"the server's reason: {"status":"400"}"#))
    }

    @Test("EXTERNAL says an empty identity by an equals sign")
    func external() {
        var story = secured(by: AuthenticationPlan(mechanism: .external, user: ""))
        story.expect("AUTH EXTERNAL =")
        #expect(story.failures == [])
    }

    @Test("nothing of AUTH goes out in the clear, to an unverified server, or by a mechanism that is not offered")
    func refusesChannel() {
        var plan = MessageTests.plan
        plan.tls = .never
        plan.authentication = AuthenticationPlan(user: "probe")
        var clear = Playbook(plan, credentials: Self.credentials)
        clear.connect()
        clear.receive("220 mx ESMTP\r\n")
        clear.order(.run(upTo: .recipient))
        clear.expect("EHLO probe.example.net")
        clear.receive("250-mx\r\n250 AUTH PLAIN\r\n")
        #expect(clear.failures == [])
        #expect(clear.notes == ["AUTH is not tried: the session is in the clear"])
        #expect(!clear.record.progress.isPlanDone)

        var objection = Self.facts
        objection.objections = [.init(depth: 0, code: 18, text: "self-signed certificate")]
        let unverified = secured(by: AuthenticationPlan(mechanism: .plain, user: "probe"), facts: objection)
        #expect(unverified.failures == [])
        #expect(unverified.notes.last == "AUTH is not tried: the server's certificate was not verified")

        let missing = secured(by: AuthenticationPlan(mechanism: .scramSHA256, user: "probe"))
        #expect(missing.failures == [])
        #expect(
            missing.notes.last?.hasSuffix("the server offers PLAIN LOGIN XOAUTH2 EXTERNAL, not SCRAM-SHA-256") == true)
    }

    @Test("the best mechanism with a password is chosen where none is named")
    func chooses() {
        var story = secured(by: AuthenticationPlan(user: "probe"))
        story.expect("AUTH PLAIN AHByb2JlAHMzY3IzdHBhc3M=")
        #expect(story.failures == [])
    }

    // MARK: scaffolding

    static let secret = Secret(Array("s3cr3tpass".utf8))
    static let facts = TLSFacts(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384")
    static let credentials = Credentials(
        secret: secret, nonce: "nonce",
        functions: SASLFunctions(hmac: { _, _, _ in nil }, hash: { _, _ in nil }, derive: { _, _, _, _ in nil }))

    /// A session that has come to the EHLO list under TLS.
    private func secured(by authentication: AuthenticationPlan, facts: TLSFacts = Self.facts) -> Playbook {
        var plan = MessageTests.plan
        plan.authentication = authentication
        var story = Playbook(plan, credentials: Self.credentials)
        story.connect()
        story.receive("220 mx ESMTP\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 STARTTLS\r\n")
        story.expect("STARTTLS")
        story.receive("220 go\r\n")
        story.handshake(facts)
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 AUTH PLAIN LOGIN XOAUTH2 EXTERNAL\r\n")
        return story
    }
}

extension Playbook {
    var notes: [String] {
        record.events.compactMap { if case .note(let words) = $0.fact { words } else { nil } }
    }
}
