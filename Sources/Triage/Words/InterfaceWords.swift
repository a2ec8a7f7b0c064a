import MailVocabulary

/// The interface's own words in the languages other than English, which is written in the phrases themselves.
///
/// Data, like the texts of the catalogue: a table of keys and their translations. What has no translation stays English.
public struct InterfaceWords: Hashable, Sendable {
    private var tables: [Language: [String: PhraseTemplate]]

    /// English only.
    public init() { tables = [:] }

    /// A table for each language: the keys of phrases, and what they are there.
    public init(_ texts: [Language: [String: String]]) {
        tables = texts.mapValues { $0.mapValues { PhraseTemplate($0) } }
    }

    /// `phrase` in words. May contain outside text: it becomes screen text only through `PrintableText(untrusted:)`.
    public func text(_ phrase: Phrase, in language: Language) -> String {
        guard let table = tables[language] else { return phrase.description }
        // Most phrases have no places, and both looking up and writing them is one step.
        let template = table[phrase.key] ?? PhraseTemplate(phrase.key)
        return template.filled(with: phrase.arguments) { text($0, in: language) }
    }

    /// True when there is English only.
    public var isEmpty: Bool { tables.isEmpty }

    /// The keys that have words in `language`.
    public func keys(in language: Language) -> Set<String> { tables[language].map { Set($0.keys) } ?? [] }
}
