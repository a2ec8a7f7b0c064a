import SMTP
import Testing
import Triage

@Suite("The wait that a reply asks for")
struct StatedDelayTests {
    private func answer(_ reply: String, in language: Language = .english) throws -> ReplyExplanation {
        try SharedCatalogue.get().explain(ReplyQuery(reply: reply, stage: .recipient), in: language)
    }

    @Test(
        "is read in seconds, minutes, hours and on the clock",
        arguments: [
            ("451 4.7.1 Greylisted, please try again in 300 seconds", 300, [5]),
            ("450 4.2.0 You are greylisted for 5 minutes", 300, [5]),
            ("451 greylisted, retry after 90s", 90, [2]),
            ("421 Too many connections, retry after 60 seconds", 60, [1, 2]),
            ("450 4.2.0 Greylisted, try again in 00:04:59", 299, [5]),
            ("451 Rate limit exceeded, wait at least 2 hours", 7200, [120]),
        ])
    func isRead(_ reply: String, _ seconds: Int, _ minutes: [Int]) throws {
        for language in Language.allCases {
            let told = try answer(reply, in: language)
            #expect(told.captured["seconds"] == String(seconds), "\(told.entry)")
            let retries = told.next.filter { if case .retry? = $0.deed { true } else { false } }
            #expect(!retries.isEmpty)
            for step in retries {
                #expect(step.deed == .retry(minutes: minutes))
                #expect(step.text.contains("\(seconds >= 7200 ? seconds / 3600 : minutes.last ?? 0)"), "\(step.text)")
            }
        }
    }

    @Test(
        "is no number that counts something else",
        arguments: [
            "451 Greylisted. Only 60 messages per 10 minutes", "450 Rate limit: 20 connections in 60 seconds",
            "451 4.7.1 Greylisted, id 300 seconds", "450 greylisted for 192.0.2.1",
        ])
    func countsSomethingElse(_ reply: String) throws {
        #expect(try answer(reply).captured["seconds"] == nil)
    }

    @Test("says nothing to a permanent refusal")
    func permanent() throws {
        #expect(try answer("550 No such user here, try again in 300 seconds").captured["seconds"] == nil)
    }
}
