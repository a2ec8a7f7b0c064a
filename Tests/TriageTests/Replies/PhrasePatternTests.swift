import Testing
import Triage

@Suite("Phrase patterns")
struct PhrasePatternTests {
    /// A catalogue of one entry, asked whether its phrase stands in a reply.
    private func stands(_ phrase: String, in text: String) throws -> Bool {
        var match = ReplyEntry.Match()
        match.any = [try #require(PhrasePattern(phrase))]
        let entry = ReplyEntry(
            id: "a.ok.b", match: match, replyClass: .ok, persistence: .info, certainty: .certain)
        return !ReplyCatalogue(entries: [entry], texts: [:]).ranking(ReplyQuery(reply: "550 " + text)).isEmpty
    }

    @Test(
        "finds phrases with letters and blanks folded",
        arguments: [
            ("user unknown", "USER  Unknown here", true), ("user unknown", "user is unknown", false),
            ("listed at {host}", "is listed at bl.example.test today", true),
            ("[{ip}] blocked", "[192.0.2.1] blocked", true),
            ("[{ip}] blocked", "[2001:db8::1] Blocked", true), ("[{ip}] blocked", "[nobody] blocked", false),
            ("limit of {num} messages", "a limit of 100 messages", true),
            ("limit of {num} messages", "a limit of x messages", false),
            ("<{addr}>: unknown", "<a@b.test>: unknown", true), ("{addr} unknown", "a@b.test unknown", true),
            ("error ({token})", "error (12)", true), ("^too many hops$", "Too Many Hops", true),
            ("^too many hops$", "too many hops 26", false), ("^ok$", "ok", true), ("^ok$", "ok then", false),
            ("^{host}.{host}$", "mx.example.test", true), ("^{host}.{host}$", "mx example", false),
            ("see {url}", "see https://example.test/a", true), ("see {url}", "see ftp", false),
        ])
    func finds(_ phrase: String, _ text: String, _ expected: Bool) throws {
        #expect(try stands(phrase, in: text) == expected)
    }

    @Test("refuses wildcards that do not exist", arguments: ["", "{nothing} here", "open {ip", "{}"])
    func refuses(_ phrase: String) {
        #expect(PhrasePattern(phrase) == nil)
    }

    @Test("reads codes and enhanced codes as entries write them")
    func readsPatterns() {
        #expect(CodePattern("5xx")?.codes == 500...599)
        #expect(CodePattern("45x")?.codes == 450...459)
        #expect(CodePattern("450-452")?.codes == 450...452)
        #expect(CodePattern("452-450") == nil)
        #expect(CodePattern("xxx") == nil)
        for text in ["5.7.25", "x.7.25", "x.7.x", "5.7.606-649", "#4.4.5", "none"] {
            #expect(StatusPattern(text) != nil)
        }
        for text in ["3.1.1", "5.7", "5.7.9-1", "5.x.1", "", "5.7.1.1"] { #expect(StatusPattern(text) == nil) }
        #expect(SessionCondition("seconds>30") == .secondsOver(30))
        #expect(SessionCondition("tls=maybe") == nil)
    }
}
