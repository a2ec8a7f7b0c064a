/// The words of the catalogue in one language.
public struct CatalogueTexts: Hashable, Sendable {
    /// The words for one entry.
    public struct Entry: Hashable, Sendable {
        /// One line, at most 36 columns in Japanese.
        public var title: String
        public var meaning: String

        public init(title: String, meaning: String) { (self.title, self.meaning) = (title, meaning) }
    }

    /// The sections of `common.json`: words that belong to no single entry.
    public enum Section: Hashable, Sendable, CaseIterable {
        case classes, actors, persistence, certainty, stages
        /// What the first digit and the second digit of a code promise, RFC 5321 §4.2.1.
        case severities, categories
        /// The rows of IANA's registry by `x.1.1`, the subjects by `x.1`, the classes by `4`.
        case status
        /// The sentences that say on what an explanation rests.
        case basis
        /// What is said instead of a value that the reply does not name.
        case captures
        /// What such a value is called where the reply does name it, if not as in `captures`.
        case named
        /// The explanation of last resort, by first digit.
        case fallback
        /// What `porthole explain` writes before each part of an explanation.
        case labels

        /// The key in `common.json`.
        public var name: String { "\(self)" }
    }

    public var entries: [String: Entry] = [:]
    public var causes: [String: String] = [:]
    public var next: [String: String] = [:]
    public var common: [Section: [String: String]] = [:]

    public init() {}

    /// A word of `common.json`; the key itself when the language lacks it, so that nothing ever comes out empty.
    func word(_ section: Section, _ key: String) -> String { common[section]?[key] ?? key }
}
