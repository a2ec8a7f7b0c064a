import MailVocabulary
import SMTP

/// What is known about the replies of mail servers, and about the events that come instead of one.
///
/// A value without memory: the same query always has the same answer.
public struct ReplyCatalogue: Sendable {
    /// The entries, in the order of their files.
    public let entries: [ReplyEntry]
    let texts: [Language: CatalogueTexts]
    /// The interface's own words, which are read with the catalogue: both wait until the first frame stands.
    public var interface = InterfaceWords()
    /// What weighs the words of replies that no entry knows for certain. Read when it is first needed.
    public var weights: @Sendable () -> ClassWeights = { ClassWeights() }
    private let matcher: ReplyMatcher
    private let voices: [Language: CatalogueVoice]

    /// Takes the entries as they are; `problems` tells what is wrong with them.
    ///
    /// - Parameter languages: those whose sentences are made ready for a great many replies; any other is spoken too, only
    ///   slower, each sentence when it is said.
    public init(
        entries: [ReplyEntry], texts: [Language: CatalogueTexts], readying languages: [Language] = []
    ) {
        (self.entries, self.texts) = (entries, texts)
        matcher = ReplyMatcher(entries)
        voices = Language.allCases.reduce(into: [:]) { voices, language in
            voices[language] = Self.voice(entries, texts, language, isReady: languages.contains(language))
        }
    }

    private static func voice(
        _ entries: [ReplyEntry], _ texts: [Language: CatalogueTexts], _ language: Language, isReady: Bool
    ) -> CatalogueVoice {
        let other: Language = language == .english ? .japanese : .english
        return CatalogueVoice(
            entries, texts[language] ?? CatalogueTexts(), otherwise: texts[other] ?? CatalogueTexts(), isReady: isReady)
    }

    /// The meaning of a reply or event.
    ///
    /// There is always an answer: when no entry fits, the first digit alone is explained, and the entry is `digit.N`.
    /// Parts of the reply may stand in the texts: print them through `PrintableText` only.
    public func explain(_ query: ReplyQuery, in language: Language) -> ReplyExplanation {
        let ranked = ranked(query)
        let voice = voices[language] ?? Self.voice(entries, texts, language, isReady: false)
        return ExplanationWriter(query: query, reply: ranked.reply, voice: voice, witnesses: ranked.words)
            .explanation(of: ranked.matches)
    }

    /// A word that belongs to no entry: `word(.stages, "RCPT", in: .japanese)`, `word(.certainty, "likely", in: .english)`.
    ///
    /// The key itself when there is no such word.
    public func word(_ section: CatalogueTexts.Section, _ key: String, in language: Language) -> String {
        texts[language]?.word(section, key) ?? key
    }

    /// What a value that was taken out of a reply is called beside it: `seconds to wait`.
    public func name(ofCaptured key: String, in language: Language) -> String {
        texts[language]?.common[.named]?[key] ?? word(.captures, key, in: language)
    }

    /// The ids of the entries that fit, best first: for tests and for those who write entries.
    public func ranking(_ query: ReplyQuery) -> [String] {
        ranked(query).matches.map { entries[$0.entry].id }
    }

    /// What fits, best first, and the words that decided where no entry is certain.
    private func ranked(_ query: ReplyQuery) -> (reply: NormalizedReply, matches: [ReplyMatch], words: [String]) {
        let reply = ReplyNormalizer.normalize(query.reply)
        let matches = matcher.matches(reply, query)
        guard let winner = matches.first, DoubtedWinner.doubt(winner, entries[winner.entry], reply) != nil else {
            return (reply, matches, [])
        }
        let doubted = DoubtedWinner(
            entries: entries, weights: weights(), reply: reply, stage: query.stage ?? reply.stage)
        let weighed = doubted.reconsidered(matches)
        return (reply, weighed.matches, weighed.words)
    }

    /// What it takes to answer a query: how many phrases are compared with the text, and how many entries are weighed.
    /// For tests, which need a measure of speed that no clock disturbs.
    public func effort(_ query: ReplyQuery) -> (comparisons: Int, candidates: Int) {
        matcher.effort(ReplyNormalizer.normalize(query.reply), query)
    }

    /// What is wrong with the data, one line each: ids without words, words without an entry, phrases that nothing can
    /// find, tests that another entry answers.
    ///
    /// Takes a walk over everything; made for tests and for those who write entries. Empty when all is well.
    public var problems: [String] {
        (CatalogueAudit(entries: entries, texts: texts).problems + matchingProblems).map { "\($0.name): \($0.reason)" }
    }

    /// What is wrong with some entries and words, by name; one language suffices there. Also told: the tests of any
    /// entry that these entries take away.
    ///
    /// - Parameter names: ids of entries, `causes.NAME`, `next.NAME`, `SECTION.NAME` for words.
    public func problems(of names: Set<String>) -> [(name: String, reason: String)] {
        let audit = CatalogueAudit(entries: entries, texts: texts, oneLanguageSuffices: true)
        return audit.problems.filter { names.contains($0.name) }.map { ($0.name, $0.reason) }
            + matchingProblems.map { ($0.name, $0.reason) }
    }

    private var matchingProblems: [CatalogueAudit.Problem] {
        var problems = matcher.unreachable.map {
            CatalogueAudit.Problem(
                name: entries[$0].id, reason: "names no code, phrase or event, so that no reply can reach it")
        }
        for entry in entries {
            for example in entry.examples {
                let first = ranking(example.query).first
                guard first != entry.id else { continue }
                let told = example.query.reply.isEmpty ? example.query.event ?? "" : example.query.reply
                problems.append(
                    CatalogueAudit.Problem(
                        name: entry.id, reason: "its test '\(told)' is answered by \(first ?? "no entry")"))
            }
        }
        return problems
    }
}
