import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Reply catalogue")
struct ReplyCatalogueTests {
    private func catalogue() throws -> ReplyCatalogue { try SharedCatalogue.get() }

    @Test("has nothing that its audit complains about")
    func isSound() throws {
        #expect(try catalogue().problems == [])
    }

    @Test("ranks every entry first on its own tests")
    func ranksOwnTestsFirst() throws {
        let catalogue = try catalogue()
        for entry in catalogue.entries {
            for example in entry.examples {
                let first = catalogue.ranking(example.query).first
                #expect(first == entry.id, "\(example.query.reply) \(example.query.event ?? "")")
            }
        }
    }

    @Test("keeps Japanese titles within 36 columns")
    func titlesFit() throws {
        let catalogue = try catalogue()
        for entry in catalogue.entries {
            let query = entry.examples.first?.query ?? ReplyQuery(reply: "")
            let title = catalogue.explain(query, in: .japanese).title
            let columns = title.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
            #expect(columns <= 36, "\(entry.id): \(title)")
        }
    }

    @Test("answers in both languages with all words in place")
    func answersInBothLanguages() throws {
        let catalogue = try catalogue()
        for language in Language.allCases {
            for entry in catalogue.entries {
                guard let query = entry.examples.first?.query else { continue }
                let answer = catalogue.explain(query, in: language)
                let words = [answer.title, answer.meaning, answer.basis, answer.codeReading, answer.classLabel]
                #expect(!words.contains { $0.isEmpty }, "\(entry.id)")
                let all = words + answer.causes.map(\.text) + answer.next.map(\.text) + answer.actors
                #expect(!all.contains { $0.utf8.contains(UInt8(ascii: "{")) }, "\(entry.id)")
            }
        }
    }

    @Test("answers what no entry knows by the first digit", arguments: Language.allCases)
    func fallsBackToTheDigit(_ language: Language) {
        let empty = ReplyCatalogue(entries: [], texts: [:])
        for reply in ["", "250 x", "354 x", "450 x", "550 x", "999 x", "hello", "\u{0}\u{1b}[31m"] {
            let answer = empty.explain(ReplyQuery(reply: reply), in: language)
            #expect(answer.certainty == .generic)
            #expect(!answer.title.isEmpty && !answer.codeReading.isEmpty)
        }
        #expect(empty.explain(ReplyQuery(reply: "450 x"), in: language).persistence == .temporary)
        #expect(empty.explain(ReplyQuery(reply: "550 x"), in: language).persistence == .permanent)
    }

    @Test("never traps on random bytes, at any stage")
    func neverTraps() throws {
        let catalogue = try catalogue()
        var random = Randomness(seed: 0x18708F)
        for round in 0..<400 {
            let bytes = random.bytes(random.below(400))
            let code = round % 2 == 0 ? "" : "\(200 + random.below(400))\(round % 3 == 0 ? "-" : " ")"
            let reply = code + String(decoding: bytes, as: UTF8.self)
            let stage = SessionStage.allCases[random.below(SessionStage.allCases.count)]
            #expect(!catalogue.explain(ReplyQuery(reply: reply, stage: stage), in: .english).title.isEmpty)
        }
    }

    @Test("stays linear on a reply of 64 KiB", .timeLimit(.minutes(1)))
    func staysLinear() throws {
        let catalogue = try catalogue()
        for word in ["user unknown ", "5.7.1 ", "{token", "a", "too many ", "<<<<", "550 ", "\u{65e5}"] {
            let reply = "550 " + String(repeating: word, count: 65536 / word.utf8.count)
            #expect(!catalogue.explain(ReplyQuery(reply: reply), in: .english).entry.isEmpty)
        }
    }

    @Test("looks at few phrases and few entries for a reply, and at no more of them when it is long but for its length")
    func takesLittleEffort() throws {
        let catalogue = try catalogue()
        let queries = catalogue.entries.flatMap { $0.examples.map(\.query) }
        let efforts = queries.map(catalogue.effort)
        // Out of some five thousand phrases and seven hundred entries.
        #expect(efforts.map(\.comparisons).reduce(0, +) < 80 * queries.count)
        #expect(efforts.map(\.candidates).reduce(0, +) < 24 * queries.count)
        func comparisons(_ kibibytes: Int) -> Int {
            let text = String(repeating: "user unknown, relay denied; ", count: kibibytes * 1024 / 28)
            return catalogue.effort(ReplyQuery(reply: "550 " + text)).comparisons
        }
        #expect(comparisons(64) < comparisons(16) * 9 / 2)
    }

    @Test("reads the digits of code and enhanced code, whatever the words")
    func readsDigits() throws {
        let answer = try catalogue().explain(ReplyQuery(reply: "550 5.1.1 User unknown"), in: .english)
        #expect(answer.codeReading == "550: permanent failure, mail system")
        #expect(answer.statusReading == "5.1.1: permanent, no such mailbox left of the @ (RFC 3463)")
        let odd = try catalogue().explain(ReplyQuery(reply: "571 5.7.606 no"), in: .english)
        #expect(odd.codeReading == "571: permanent failure, a second digit that no RFC defines")
        #expect(odd.statusReading == "5.7.606: permanent, security or policy, this detail is not in IANA's registry")
    }

    @Test("fills what the reply names into the texts")
    func fillsCaptures() throws {
        let answer = try catalogue().explain(
            ReplyQuery(reply: "250 ok: Message 214 accepted", stage: .endOfData), in: .japanese)
        #expect(answer.entry == "cisco-esa.ok.accepted")
        #expect(answer.title == "受理(MID 214)")
        #expect(answer.captured == ["id": "214"])
        let listed = try catalogue().explain(
            ReplyQuery(
                reply:
                    "554 Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation; https://b.example"
            ),
            in: .english)
        #expect(listed.captured["ip"] == "192.0.2.1")
    }

    @Test("says how long to wait in the step itself")
    func saysTheWait() throws {
        let answer = try catalogue().explain(ReplyQuery(reply: "450 4.7.1 Greylisted"), in: .english)
        let step = try #require(answer.next.first { $0.id == "retry-same-ip" })
        #expect(step.text == "repeat the same MAIL and RCPT from the same IP in 5-15 minutes")
        let full = try catalogue().explain(ReplyQuery(reply: "552 5.2.2 Mailbox full"), in: .japanese)
        #expect(full.next.contains { $0.text == "1-4時間後に再試行する" })
    }

    @Test("explains the reply inside a pasted log line")
    func explainsLogLines() throws {
        let line = "host mx[192.0.2.1] said: 452 #4.3.1 queue full (in reply to MAIL FROM command)"
        let answer = try catalogue().explain(ReplyQuery(reply: line), in: .english)
        #expect(answer.entry == "cisco-esa.system.queue-full")
    }

    @Test("explains a late greeting by the delay, not by its words")
    func explainsDelay() throws {
        let slow = ReplyQuery(reply: "220 mx.example.test ESMTP Sendmail 8.14", stage: .connect, seconds: 34.6)
        #expect(try catalogue().explain(slow, in: .english).title == "the greeting came after 34 s")
        var quick = slow
        quick.seconds = 0.2
        #expect(try catalogue().explain(quick, in: .english).entry == "sendmail.ok.greeting")
    }

    @Test("is certain only of what words or an event say without contradiction")
    func meansItsCertainty() throws {
        let catalogue = try catalogue()
        func certainty(_ reply: String) -> ReplyExplanation.Certainty {
            catalogue.explain(ReplyQuery(reply: reply), in: .english).certainty
        }
        #expect(certainty("452 #4.3.1 queue full") == .certain)
        #expect(certainty("550 zzz") != .certain)
        #expect(certainty("5.1.1 zzz") != .certain)
        #expect(certainty("599 zzz") == .generic)
    }

    @Test("says on what it rests, and what contradicts")
    func saysItsBasis() throws {
        let catalogue = try catalogue()
        let agreed = catalogue.explain(ReplyQuery(reply: "550 5.1.1 User unknown", stage: .recipient), in: .english)
        #expect(agreed.basis == "code, enhanced code, text and stage agree")
        let torn = catalogue.explain(ReplyQuery(reply: "550 5.4.6 Quota Exceeded"), in: .english)
        #expect(torn.replyClass == "mailbox_full")
        #expect(torn.certainty != .certain)
        #expect(torn.basis.contains("5.4.6"))
        let crossed = catalogue.explain(ReplyQuery(reply: "550 4.2.2 Mailbox full"), in: .english)
        #expect(crossed.basis.contains("contradict"))
    }
}
