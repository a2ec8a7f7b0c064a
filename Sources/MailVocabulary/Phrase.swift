/// A sentence of our own that waits for its language.
///
/// Written as a literal, it is its English text; what stands in `\( )` rides along and takes a numbered place:
///
/// ```swift
/// let phrase: Phrase = "none of \(count) lines holds \"\(text)\""
/// phrase.key  // none of {1} lines holds "{2}"
/// ```
/// The key is looked up in a table of words for another language, which may use the places in another order. An argument is
/// evidence: it is put in as it is, whatever it contains, and never looked at again.
public struct Phrase: Hashable, Sendable {
    /// What takes a place.
    public enum Argument: Hashable, Sendable {
        /// A name, a number, the words of a server.
        case text(String)
        /// Words of ours, to be put into the language too.
        case phrase(Phrase)
        /// A sentence of ours that was put into English before anybody knew the language: in a journal, in an error.
        case sentence(String)
    }

    /// The English text with `{1}`, `{2}`, … where the arguments go.
    public private(set) var key: String
    /// In the order of their places.
    public private(set) var arguments: [Argument]

    /// Words that come from elsewhere, the same in every language.
    public init(quoting text: String) { (key, arguments) = ("{1}", [.text(text)]) }

    /// A sentence that one of the engines said in English, as the note of a session or the description of an error: another language
    /// finds it by its words, `InterfaceWords`. Never for what a server said.
    public init(said sentence: String) { (key, arguments) = ("{1}", [.sentence(sentence)]) }

    fileprivate init(key: String, arguments: [Argument]) { (self.key, self.arguments) = (key, arguments) }

    /// Whether there is nothing to say.
    public var isEmpty: Bool { key.isEmpty }

    /// One phrase after the other: a single one, with places counted on. For literals that are too long for a line.
    public static func + (left: Phrase, right: Phrase) -> Phrase {
        let count = left.arguments.count
        let key = PhraseTemplate(right.key).pieces.reduce(into: left.key) { key, piece in
            switch piece {
            case .words(let words): key += words
            case .place(let number): key += "{\(number + count)}"
            }
        }
        return Phrase(key: key, arguments: left.arguments + right.arguments)
    }

    /// Several phrases in a row, `separator` between them.
    public static func list(_ phrases: [Phrase], by separator: Phrase = "; ") -> Phrase {
        guard let first = phrases.first else { return "" }
        return phrases.dropFirst().reduce(first) { list, phrase in "\(list)\(separator)\(phrase)" }
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    /// English words without a place.
    public init(stringLiteral value: String) { self.init(key: value, arguments: []) }

    /// English words with places.
    public init(stringInterpolation: Interpolation) {
        self.init(key: stringInterpolation.key, arguments: stringInterpolation.arguments)
    }

    /// A phrase as its literal is read.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var key = ""
        fileprivate var arguments: [Argument] = []

        /// An empty phrase.
        public init(literalCapacity: Int, interpolationCount: Int) {
            key.reserveCapacity(literalCapacity + 3 * interpolationCount)
        }

        /// Words of the key.
        public mutating func appendLiteral(_ literal: String) { key += literal }

        /// Words of ours within others.
        public mutating func appendInterpolation(_ phrase: Phrase) { append(.phrase(phrase)) }

        /// A name, a number or evidence.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(.text(value.description))
        }

        private mutating func append(_ argument: Argument) {
            arguments.append(argument)
            key += "{\(arguments.count)}"
        }
    }
}

extension Phrase: CustomStringConvertible {
    /// The English text, arguments in their places.
    public var description: String { PhraseTemplate(key).filled(with: arguments, \.description) { $0 } }
}
