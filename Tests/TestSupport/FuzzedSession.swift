import MailVocabulary
import SMTP

/// A session with a server that sends arbitrary bytes.
///
/// The first byte chooses the plan. Of the others, 0xFE ends a segment, 0xFD lets the next deadline pass, 0xFC closes the
/// connection and 0xFB resets it; a handshake that the machine asks for succeeds at once.
struct FuzzedSession {
    private static let secret = "s3cr3tpass"
    private static let forms = [secret, "czNjcjN0cGFzcw", "AHByb2JlAHMzY3IzdHBhc3M", "YmVhcmVyIHMzY3IzdHBhc3M"]

    private let bytes: [UInt8]
    private let plan: SessionPlan
    private let sends: Bool
    private var machine: SessionStateMachine
    private var now = Duration.zero
    private var events: [SessionEvent] = []
    private var sent: [UInt8] = []
    private var isSecure = false
    private var isOver = false

    init(_ input: [UInt8]) {
        let choice = input.first ?? 0
        bytes = Array(input.dropFirst())
        var plan = SessionPlan(
            target: SessionTarget(.host("mx")), helloName: "probe", reversePath: "a@b.test",
            recipients: [Recipient("c@d.test"), Recipient("e@f.test")])
        sends = choice & 1 != 0
        plan.stopAfter = sends ? .endOfData : .recipient
        plan.pipelines = choice & 2 != 0
        plan.tls = choice & 4 != 0 ? .required : .offered
        plan.isLMTP = choice & 8 != 0
        let mechanisms: [SASLMechanism?] = [nil, .plain, .login, .cramMD5, .scramSHA256, .xoauth2, .oauthBearer, nil]
        if choice & 0x80 != 0 {
            plan.authentication = AuthenticationPlan(mechanism: mechanisms[Int(choice >> 4) & 7], user: "probe")
        } else if choice & 0x10 != 0 {
            plan.clientAttributes = ["NAME=client.test"]
        }
        if choice & 0x60 == 0x60 { plan.messages = 2 }
        self.plan = plan
        machine = SessionStateMachine(plan: plan, credentials: Self.credentials)
    }

    private static let credentials = Credentials(
        secret: Secret(Array(secret.utf8)), nonce: "nonce",
        functions: SASLFunctions(
            hmac: { _, key, bytes in Array((key + bytes).prefix(32)) }, hash: { _, bytes in Array(bytes.prefix(32)) },
            derive: { _, password, salt, _ in Array((salt + password).prefix(32)) }))

    func complaint() -> String? {
        var story = self
        return story.play()
    }

    private mutating func play() -> String? {
        take(machine.started(at: now))
        take(machine.order(sends ? .sendMessage : .run(upTo: .recipient), at: now))
        let peer = Endpoint(.loopback, 25)
        let found = Resolution(candidates: [Resolution.Candidate(host: "mx", addresses: [.loopback])])
        take(machine.resolved(found, took: .zero, at: now))
        take(machine.connecting(host: "mx", to: peer, at: now))
        take(machine.connected(local: peer, remote: peer, took: .zero, at: now))
        var segment: [UInt8] = []
        for byte in bytes {
            guard byte >= 0xFB, byte != 0xFF else {
                segment.append(byte)
                continue
            }
            deliver(&segment)
            switch byte {
            case 0xFD: passDeadline()
            case 0xFC: take(machine.ended(.finished, at: now))
            case 0xFB: take(machine.ended(.reset, at: now))
            default: break
            }
        }
        deliver(&segment)
        take(machine.ended(.finished, at: now))
        if !machine.isClosed { return "the connection ended, and the session did not" }
        return wrongRecord() ?? wrongWords()
    }

    private mutating func deliver(_ segment: inout [UInt8]) {
        defer { segment = [] }
        now += .milliseconds(10)
        if !segment.isEmpty, !isOver { take(machine.received(segment, at: now)) }
    }

    private mutating func passDeadline() {
        guard let deadline = machine.deadline else { return }
        now = max(now, deadline)
        take(machine.deadlinePassed(at: now))
    }

    private mutating func take(_ actions: [SessionAction]) {
        for action in actions {
            switch action {
            case .report(let event): events.append(event)
            case .send(let bytes):
                if !isSecure { sent += bytes }
            case .close: isOver = true
            // Its message is no file.
            case .read: break
            case .startTLS:
                isSecure = true
                let facts = TLSFacts(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384")
                take(machine.secured(facts, took: .zero, at: now))
            }
        }
    }

    /// What is recorded can be read back, and tells the same story.
    private func wrongRecord() -> String? {
        let text = SessionJournal.header(plan) + events.map { SessionJournal.line($0) }.joined()
        if !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 || $0 == 0x0A }) {
            return "the journal holds a control"
        }
        guard let journal = SessionJournal(text) else { return "the journal cannot be read" }
        if journal.unreadableLines > 0 { return "\(journal.unreadableLines) lines of the journal cannot be read" }
        if journal.events != events { return "read back, the journal tells another story" }
        var record = SessionRecord(plan: plan)
        for event in events { record.append(event) }
        if record.closed == nil { return "the record does not know that the session is over" }
        let told = text + TranscriptText.text(of: events)
        for form in Self.forms where told.contains(form) { return "the record holds the secret as \(form)" }
        return nil
    }

    /// What was said in the clear.
    private func wrongWords() -> String? {
        let clear = String(decoding: sent, as: UTF8.self)
        for form in Self.forms where clear.contains(form) { return "the secret went out in the clear" }
        let lines = clear.split(separator: "\r\n")
        if !sends, lines.contains(where: { $0 == "DATA" || $0.hasPrefix("BDAT") }) { return "DATA in a rehearsal" }
        if plan.tls == .required, lines.contains(where: { $0.hasPrefix("MAIL") || $0.hasPrefix("AUTH") }) {
            return "MAIL in the clear, although TLS is required"
        }
        return nil
    }
}
