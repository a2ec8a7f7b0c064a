import MailVocabulary
import SMTP
import Testing

@Suite("Redaction")
struct RedactionTests {
    /// NUL user NUL s3cr3tpass
    private let plain = "AHVzZXIAczNjcjN0cGFzcw=="

    @Test("hides what AUTH carries, and every form of it that a server echoes")
    func hidesPlain() {
        var redaction = Redaction()
        #expect(redaction.record("AUTH PLAIN \(plain)", answersAuthentication: false) == "AUTH PLAIN [redacted]")
        #expect(redaction.scrub("535 no: \(plain)") == "535 no: [redacted]")
        #expect(redaction.scrub("535 no: AHVzZXIAczNjcjN0cGFzcw") == "535 no: [redacted]")
        #expect(redaction.scrub("535 no: s3cr3tpass") == "535 no: [redacted]")
        #expect(redaction.scrub("535 no: czNjcjN0cGFzcw==") == "535 no: [redacted]")
        #expect(redaction.record(plain, answersAuthentication: false) == "[redacted]")
    }

    @Test("hides the answers to 334, and leaves the user's name readable elsewhere")
    func hidesLogin() {
        var redaction = Redaction()
        #expect(redaction.record("auth login", answersAuthentication: false) == "auth login")
        let user = redaction.record("cHJvYmU=", answersAuthentication: true, prompt: Array("VXNlcm5hbWU6".utf8))
        #expect(user == "[redacted]")
        let password = redaction.record(
            "czNjcjN0cGFzcw==", answersAuthentication: true, prompt: Array("UGFzc3dvcmQ6".utf8))
        #expect(password == "[redacted]")
        #expect(
            redaction.scrub("MAIL FROM:<probe@example.net> s3cr3tpass") == "MAIL FROM:<probe@example.net> [redacted]")
    }

    @Test("a cancelled exchange is shown")
    func showsCancel() {
        var redaction = Redaction()
        #expect(redaction.record("*", answersAuthentication: true) == "*")
    }

    @Test("hides the secret of a login that is still to come, and every word of Base64 that holds it")
    func hidesBefore() {
        var redaction = Redaction()
        redaction.hide(Secret(Array("s3cr3tpass".utf8)))
        #expect(redaction.scrub("250 AUTH PLA 535 AHByb2JlAHMzY3IzdHBhc3M=") == "250 AUTH PLA 535 [redacted]")
        #expect(redaction.scrub("250 s3cr3tpass") == "250 [redacted]")
        #expect(redaction.scrub("250 probe") == "250 probe")
        for before in ["", "p", "pr", "pro"] {
            for after in ["", "x", "xy"] {
                let word = Base64.encode(Array((before + "s3cr3tpass" + after).utf8))
                for line in [word, Array("535 <".utf8) + word + Array(">".utf8)] {
                    let clean = String(decoding: redaction.scrub(line), as: UTF8.self)
                    #expect(clean == (line == word ? "[redacted]" : "535 <[redacted]>"), "\(before)…\(after)")
                }
            }
        }
    }

    @Test("leaves words of Base64 alone that hold another secret")
    func leavesOthers() {
        var redaction = Redaction()
        redaction.hide(Secret(Array("s3cr3tpass".utf8)))
        let word = String(decoding: Base64.encode(Array("s3cr3tmask s3cr3tp".utf8)), as: UTF8.self)
        #expect(redaction.scrub("334 \(word)") == "334 \(word)")
    }

    @Test("a secret too short to be looked for hides nothing else")
    func short() {
        var redaction = Redaction()
        redaction.hide(Secret(Array("abc".utf8)))
        #expect(redaction.scrub("250 abc YWJj") == "250 abc YWJj")
    }
}
