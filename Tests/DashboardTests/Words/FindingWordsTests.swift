import Assets
import MailVocabulary
import Testing
import Triage

/// The sentences of checks and traces, which are said on the screen and by the commands without one.
@Suite("Words of findings")
struct FindingWordsTests {
    /// Where findings and verdicts are written.
    private static let places = [
        "Sources/DNS/Checks", "Sources/DNS/SPF", "Sources/DNS/DKIM", "Sources/DNS/DMARC", "Sources/DNS/MTASTS",
        "Sources/DNS/DANE", "Sources/DNS/Authority", "Sources/DNS/FailedLookup.swift",
        "Sources/DNS/ResolverComparison.swift", "Sources/DNS/ExchangerTable.swift", "Sources/MailLog/Rules",
        "Sources/MailLog/MessageSentence.swift", "Sources/MailLog/ConnectionStory.swift",
        "Sources/MailLog/LogAbsence.swift", "Sources/Triage/GreetingName.swift",
        "Sources/Triage/SendingAddresses.swift", "Sources/Triage/Joins+Log.swift",
    ]

    /// What is the same in every language: names of RFCs and records, words that are looked for, codes.
    private static let names: Set<String> = [
        "BIMI §4.3", "BIMI §7.1", "v = spf", "v=spf1 ", "mx ", "RCODE {1}", " (serial {1})", " … ({1} bytes)",
        "MAIL FROM {1}, header From {2}, aspf={3}", "SG ", " match ", " SBRS ", " country ", "message data",
    ]

    @Test("no sentence of a check's findings or a trace's verdict is without Japanese")
    func complete() throws {
        let known = InterfaceAssets.words.keys(in: .japanese)
        var open: [String] = []
        for path in try PhraseSources.files(Self.places) {
            for literal in try PhraseSources.literals(of: path)
            where literal.key.contains(" ") && PhraseSources.isSentence(literal.key)
                && !Self.names.contains(literal.key) && !known.contains(literal.key)
            {
                open.append("\(path):\(literal.line): \(literal.key)")
            }
        }
        #expect(open.isEmpty, "\(open.count) sentences are English only: \(open)")
    }

    @Test("what a trace quotes of the log is left as it is, whatever words of ours stand around it")
    func evidence() {
        let phrase: Phrase = "\("MID 214") was returned to its sender: \("{1} to {2} recipients")"
        let said = InterfaceAssets.words.text(phrase, in: .japanese)
        #expect(said == "MID 214 は送信者へ返送されました: {1} to {2} recipients")
    }
}
