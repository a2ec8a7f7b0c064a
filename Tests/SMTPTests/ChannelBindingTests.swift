import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("SCRAM: channel binding and prepared passwords")
struct ChannelBindingTests {
    @Test(
        "the first message of a PLUS form names the binding of the TLS version, or the one that was asked for",
        arguments: [
            ("TLSv1.3", nil, "p=tls-exporter,,n=probe,r=nonce"), ("TLSv1.2", nil, "p=tls-unique,,n=probe,r=nonce"),
            ("TLSv1.3", ChannelBinding.endPoint, "p=tls-server-end-point,,n=probe,r=nonce"),
        ])
    func namesBinding(version: String, asked: ChannelBinding?, first: String) {
        let story = authenticating(version, asked, offered: "SCRAM-SHA-256-PLUS SCRAM-SHA-256", mechanism: nil)
        #expect(story.initial == "AUTH SCRAM-SHA-256-PLUS " + first)
    }

    @Test("without PLUS in the list the client says that it could have bound, and with it, not used, that it does not")
    func saysWhatItCould() {
        let cut = authenticating("TLSv1.3", nil, offered: "SCRAM-SHA-256", mechanism: nil)
        #expect(cut.initial == "AUTH SCRAM-SHA-256 y,,n=probe,r=nonce")
        let chosen = authenticating(
            "TLSv1.3", nil, offered: "SCRAM-SHA-256-PLUS SCRAM-SHA-256", mechanism: .scramSHA256)
        #expect(chosen.initial == "AUTH SCRAM-SHA-256 n,,n=probe,r=nonce")
    }

    @Test("a binding that this TLS does not have is named, and AUTH is not tried")
    func missesBinding() {
        let story = authenticating("TLSv1.3", .unique, offered: "SCRAM-SHA-1-PLUS", mechanism: nil, has: [.exporter])
        #expect(story.initial == nil)
        #expect(story.notes == ["AUTH is not tried: this TLS connection (TLSv1.3) has no tls-unique"])
    }

    @Test("in the clear PLUS is neither chosen nor tried")
    func needsTLS() {
        var plan = MessageTests.plan
        plan.tls = .never
        plan.authentication = AuthenticationPlan(mechanism: .scramSHA1Plus, user: "probe", channel: .any)
        var story = Playbook(plan, credentials: AuthenticationTests.credentials)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.run(upTo: .recipient))
        story.expect("EHLO probe.example.net")
        story.receive("250-mx\r\n250 AUTH SCRAM-SHA-1-PLUS PLAIN\r\n")
        #expect(story.failures == [])
        #expect(
            story.notes == ["AUTH is not tried: SCRAM-SHA-1-PLUS is bound to TLS, and the session is in the clear"])
    }

    @Test(
        "a password that SASLprep leaves alone is taken, one that it would change is refused before anything goes out",
        arguments: [
            ("pässwörd", true), ("ÄÖÜ", true), ("日本語", true), ("naïve ½", false), ("ﬁ", false), ("e\u{301}", false),
            ("a\u{7}b", false), ("סוד", false), ("ｱｲｳ", false), ("a\u{AD}b\u{A0}c", true), ("Ⅸ", false),
        ])
    func prepares(password: String, isTaken: Bool) {
        let story = authenticating(
            "TLSv1.3", nil, offered: "SCRAM-SHA-256", mechanism: nil, password: password)
        #expect((story.initial != nil) == isTaken)
        if !isTaken { #expect(story.notes.first?.contains("SASLprep (RFC 4013)") == true) }
    }

    /// What AUTH said, its base64 undone, and the notes.
    private func authenticating(
        _ version: String, _ binding: ChannelBinding?, offered: String, mechanism: SASLMechanism?,
        has: [ChannelBinding] = ChannelBinding.allCases, password: String = "s3cr3tpass"
    ) -> (initial: String?, notes: [String]) {
        var plan = MessageTests.plan
        (plan.target.implicitTLS, plan.target.port) = (true, 465)
        plan.authentication = AuthenticationPlan(mechanism: mechanism, user: "probe", channel: .any)
        plan.authentication?.binding = binding
        let nothing = SASLFunctions(hmac: { _, _, _ in nil }, hash: { _, _ in nil }, derive: { _, _, _, _ in nil })
        let credentials = Credentials(secret: Secret(Array(password.utf8)), nonce: "nonce", functions: nothing)
        var machine = SessionStateMachine(plan: plan, credentials: credentials)
        let peer = Endpoint(.loopback, 465)
        let bindings = Dictionary(uniqueKeysWithValues: has.map { ($0, [UInt8](repeating: 7, count: 12)) })
        var actions = machine.started(at: .zero)
        actions += machine.resolved(
            Resolution(candidates: [.init(host: "mx.test", addresses: [.loopback])]), took: .zero, at: .zero)
        actions += machine.connecting(host: "mx.test", to: peer, at: .zero)
        actions += machine.connected(local: peer, remote: peer, took: .zero, at: .zero)
        actions += machine.order(.run(upTo: .recipient), at: .zero)
        actions += machine.secured(TLSFacts(version: version, cipher: "X"), bindings: bindings, took: .zero, at: .zero)
        actions += machine.received(Array("220 mx\r\n".utf8), at: .zero)
        actions += machine.received(Array("250-mx\r\n250 AUTH \(offered)\r\n".utf8), at: .zero)
        var initial: String?
        var notes: [String] = []
        for action in actions {
            if case .send(let bytes) = action, bytes.starts(with: Array("AUTH ".utf8)) {
                let words = String(decoding: bytes.dropLast(2), as: UTF8.self).split(separator: " ")
                initial = "\(words[0]) \(words[1]) " + Self.decoded(String(words.count > 2 ? words[2] : ""))
            }
            if case .report(let event) = action, case .note(let note) = event.fact { notes.append(note) }
        }
        return (initial, notes)
    }

    private static func decoded(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for character in text where character != "=" {
            bits = (bits << 6 | (alphabet.firstIndex(of: character) ?? 0)) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
