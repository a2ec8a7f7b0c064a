import MailVocabulary

/// The interface's own words in the languages other than English, which is written in the phrases themselves.
///
/// Data, like the texts of the catalogue: a table of keys and their translations. What has no translation stays English.
public struct InterfaceWords: Hashable, Sendable {
    /// More is no sentence of ours.
    private static let longestSentence = 2_000
    /// A sentence that explains itself by another one, and that by a third.
    private static let deepest = 4

    /// A sentence with places, and what it is in another language.
    private struct Sentence: Hashable, Sendable {
        var form: SentenceForm
        var words: PhraseTemplate
        /// The marked places: what stands there is a sentence of ours again. What stands in another is left as it is, for a
        /// server, a proxy or a file may have said it.
        var said: Set<Int>

        init?(key: String, text: String) {
            guard let form = SentenceForm(PhraseTemplate(key)) else { return nil }
            self.form = form
            words = PhraseTemplate(InterfaceWords.unmarked(text))
            said = Set(InterfaceWords.marks(in: text))
        }
    }

    private var tables: [Language: [String: PhraseTemplate]]
    /// Those that engines say in English: what begins with words of its own first, then what has most of them, then most places;
    /// the key decides between equals, so that two tables of the same words are the same.
    private var sentences: [Language: [Sentence]] = [:]

    /// English only.
    public init() { tables = [:] }

    /// A table for each language: the keys of phrases, and what they are there.
    ///
    /// - Parameter sentences: a second table for what the engines say in English, as in a session's journal or an error:
    ///   `Phrase(said:)` is looked up here by its words. A place that is written `{2!}` holds a sentence of ours, which is said in
    ///   the language too.
    public init(_ texts: [Language: [String: String]], sentences: [Language: [String: String]] = [:]) {
        tables = texts.mapValues { $0.mapValues { PhraseTemplate($0) } }
        for (language, table) in sentences {
            for (key, text) in table {
                tables[language, default: [:]][key] = PhraseTemplate(Self.unmarked(text))
            }
            let known = table.compactMap { key, text in
                Sentence(key: key, text: text).map { (rank: Self.rank($0, key), sentence: $0) }
            }
            self.sentences[language] = known.sorted { $0.rank < $1.rank }.map(\.sentence)
        }
    }

    private static func rank(_ sentence: Sentence, _ key: String) -> (Int, Int, Int, String) {
        (sentence.form.isOpen ? 1 : 0, -sentence.form.weight, -sentence.words.places.count, key)
    }

    /// `text` without its marks: the template that is filled.
    public static func unmarked(_ text: String) -> String {
        marks(in: text).reduce(text) { $0.replacing("{\($1)!}", with: "{\($1)}") }
    }

    private static func marks(in text: String) -> [Int] {
        // Most texts have none, and all of them are read when the program starts.
        text.utf8.contains(UInt8(ascii: "!")) ? (1...9).filter { text.contains("{\($0)!}") } : []
    }

    /// `phrase` in words. May contain outside text: it becomes screen text only through `PrintableText(untrusted:)`.
    public func text(_ phrase: Phrase, in language: Language) -> String {
        guard let table = tables[language] else { return phrase.description }
        // Most phrases have no places, and both looking up and writing them is one step.
        let template = table[phrase.key] ?? PhraseTemplate(phrase.key)
        return template.filled(with: phrase.arguments) {
            text($0, in: language)
        } recognized: {
            text(said: $0, in: language)
        }
    }

    /// A sentence that an engine said in English, in words; as it is when no form of ours fits it.
    public func text(said sentence: String, in language: Language) -> String {
        text(said: sentence, language, depth: 0)
    }

    private func text(said sentence: String, _ language: Language, depth: Int) -> String {
        guard let table = tables[language], sentence.utf8.count <= Self.longestSentence else { return sentence }
        if let words = table[sentence], words.places.isEmpty { return words.filled(with: [], \.description) { $0 } }
        guard depth < Self.deepest else { return sentence }
        // What begins with a reply code is what a server said.
        let bytes = Array(sentence.utf8)
        let isReply =
            bytes.count > 3 && bytes[..<3].allSatisfy { (48...57).contains($0) } && (bytes[3] == 32 || bytes[3] == 45)
        for known in sentences[language] ?? [] where !isReply || !known.form.isOpen {
            guard let found = known.form.arguments(in: bytes) else { continue }
            let arguments = found.enumerated().map { index, text -> Phrase.Argument in
                .text(known.said.contains(index + 1) ? self.text(said: text, language, depth: depth + 1) : text)
            }
            return known.words.filled(with: arguments, \.description) { $0 }
        }
        return isReply ? sentence : text(behindNames: sentence, language, depth) ?? sentence
    }

    /// A sentence behind the names of what it is about, as in `entries/ours.json:5: entries[3].id: is missing`.
    private func text(behindNames sentence: String, _ language: Language, _ depth: Int) -> String? {
        guard let colon = sentence.firstRange(of: ": ") else { return nil }
        let rest = String(sentence[colon.upperBound...])
        let words = text(said: rest, language, depth: depth + 1)
        return words == rest ? nil : sentence[..<colon.upperBound] + words
    }

    /// True when there is English only.
    public var isEmpty: Bool { tables.isEmpty }

    /// The keys that have words in `language`.
    public func keys(in language: Language) -> Set<String> { tables[language].map { Set($0.keys) } ?? [] }
}
