import Testing
import Triage

@Suite("Word families")
struct WordFamilyTests {
    /// A catalogue whose entries are asked for by these words and hints, by their ids.
    private func catalogue(_ rows: [(id: String, words: [String], hints: [String])]) throws -> ReplyCatalogue {
        let entries = try rows.map { row in
            var match = ReplyEntry.Match()
            match.codes = [try #require(CodePattern("5xx"))]
            match.words = try row.words.map {
                try WordFamily($0, named: ["denied": WordFamily.words(["reject", "refus"])])
            }
            match.hints = try row.hints.map { try #require(PhrasePattern($0)) }
            return ReplyEntry(
                id: row.id, match: match, replyClass: .policy, persistence: .permanent, certainty: .certain)
        }
        return ReplyCatalogue(entries: entries, texts: [:])
    }

    @Test(
        "wants one word of each list, in any order, and none of those behind a minus",
        arguments: [
            ("550 refused to relay", true), ("550 Relaying was rejected", true), ("550 relay only", false),
            ("550 rejected: open relay", false), ("550 prerelay unrefused", false),
            ("550 third-party mail refused", true),
        ])
    func finds(_ reply: String, _ expected: Bool) throws {
        let catalogue = try catalogue([("a.policy.b", ["relay/third-party + @denied - open relay"], [])])
        #expect(catalogue.ranking(ReplyQuery(reply: reply)).isEmpty != expected)
    }

    @Test("a word that ends in a bar ends where the word of the reply does")
    func ends() throws {
        let catalogue = try catalogue([("a.policy.b", ["|auth| + fail"], [])])
        #expect(catalogue.ranking(ReplyQuery(reply: "550 auth failed")).count == 1)
        #expect(catalogue.ranking(ReplyQuery(reply: "550 author failed")).isEmpty)
    }

    @Test("what words say is likely at most, and goes before a hint")
    func likely() throws {
        let catalogue = try catalogue([
            ("a.policy.hint", [], ["access denied"]), ("a.policy.words", ["user/name + @denied"], []),
        ])
        let query = ReplyQuery(reply: "550 5.1.1 access denied: the user is refused")
        #expect(catalogue.ranking(query) == ["a.policy.words", "a.policy.hint"])
        #expect(catalogue.explain(query, in: .english).certainty == .likely)
    }

    @Test(
        "says what cannot be read",
        arguments: [
            ("", "has a list without words"), ("relay +", "has a list without words"),
            ("relay + @gone", "names @gone; known are @denied"),
            ("by + relay", "'by' has no three letters in a row to look for"),
        ])
    func refuses(_ text: String, _ reason: String) {
        #expect(throws: WordFamily.Fault.self) { try WordFamily(text, named: ["denied": WordFamily.words(["reject"])]) }
        do { _ = try WordFamily(text, named: ["denied": WordFamily.words(["reject"])]) } catch {
            #expect(error.reason == reason)
        }
    }
}
