import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Testing

@Suite("Plan sheet")
struct PlanSheetTests {
    @Test(":plan lists what would be said, without a connection and without a secret")
    func lists() {
        var story = Story(120, 40)
        story.dashboard.settings.authentication = AuthenticationPlan(mechanism: .plain, user: "probe")
        story.type(":plan")
        story.press(.enter)
        for words in [
            "What would be said", "C: EHLO", "C: STARTTLS", "C: AUTH PLAIN [redacted]", "C: MAIL FROM", "C: DATA",
            "C: QUIT",
        ] {
            #expect(story.screen.contains(words), "\(words)\n\(story.screen)")
        }
        #expect(story.effects.isEmpty)
    }

    @Test("a dashboard that may not send says what it would up to RCPT")
    func readOnly() {
        var story = Story(120, 40)
        story.dashboard.settings.isReadOnly = true
        story.type(":plan")
        story.press(.enter)
        #expect(story.screen.contains("C: RCPT TO") && !story.screen.contains("C: DATA"), "\(story.screen)")
    }

    @Test(":export NAME.pem writes the certificates of the session, or says that there are none")
    func chain() {
        var story = Story(120, 40)
        story.connect()
        story.type(":export chain.pem")
        story.press(.enter)
        #expect(story.screen.contains("no certificate"), "\(story.screen)")
        var certificate = TLSFacts.Certificate(subject: "CN=mx", issuer: "CN=root\u{1B}[2J")
        certificate.association = .init(certificate: [Array(repeating: 7, count: 60)], key: [], isAnchor: false)
        story.fact(.secured(TLSFacts(version: "TLSv1.3", cipher: "x", chain: [certificate]), took: .zero))
        story.type(":export chain.pem")
        story.press(.enter)
        let text = story.effects.compactMap { if case .export("chain.pem", true, let text) = $0 { text } else { nil } }
            .last
        #expect(
            text?.hasPrefix("subject=CN=mx\nissuer=CN=root\\x1b[2J\n-----BEGIN CERTIFICATE-----\nBwcH") == true,
            "\(text ?? "")")
        #expect(text?.hasSuffix("\n-----END CERTIFICATE-----\n") == true)
    }
}
