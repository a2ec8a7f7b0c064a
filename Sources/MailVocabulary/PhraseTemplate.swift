/// Text with numbered places, `{1}` to `{9}`: the key of a phrase, or its words in another language.
public struct PhraseTemplate: Hashable, Sendable {
    /// Words, or the number of the argument that goes here.
    public enum Piece: Hashable, Sendable {
        /// To be written as they are.
        case words(String)
        /// Counted from 1.
        case place(Int)
    }

    /// From left to right.
    public let pieces: [Piece]

    /// Reads a text. Braces around anything but one digit are words.
    public init(_ text: String) {
        var pieces: [Piece] = []
        var words = Substring()
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            let place = rest[brace...].prefix(3)
            let digit = place.count == 3 && place.last == "}" ? place.dropFirst().first?.wholeNumberValue : nil
            guard let digit, digit > 0 else {
                words += rest[...brace]
                rest = rest[rest.index(after: brace)...]
                continue
            }
            words += rest[..<brace]
            if !words.isEmpty { pieces.append(.words(String(words))) }
            words = ""
            pieces.append(.place(digit))
            rest = rest[place.endIndex...]
        }
        words += rest
        if !words.isEmpty { pieces.append(.words(String(words))) }
        self.pieces = pieces
    }

    /// The places in rising order, each as often as it stands there.
    public var places: [Int] {
        pieces.compactMap { piece in if case .place(let number) = piece { number } else { nil } }.sorted()
    }

    /// The text with `arguments` in their places; `spoken` puts phrases among them into words, and `recognized` sentences. A place
    /// without an argument stays empty.
    public func filled(
        with arguments: [Phrase.Argument], _ spoken: (Phrase) -> String, recognized: (String) -> String
    ) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .words(let words): text += words
            case .place(let number) where number <= arguments.count:
                switch arguments[number - 1] {
                case .text(let argument): text += argument
                case .phrase(let phrase): text += spoken(phrase)
                case .sentence(let sentence): text += recognized(sentence)
                }
            case .place: break
            }
        }
    }
}
