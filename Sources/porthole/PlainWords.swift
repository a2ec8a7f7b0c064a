import Assets
import Canvas
import MailVocabulary
import Triage

/// The sentences of the commands without a screen, in one language. JSON has English and stable words instead.
struct PlainWords {
    let language: Language
    private let words: InterfaceWords

    /// - Parameter language: `nil` for what the environment asks for.
    init(_ language: Language?) {
        self.language = language ?? .preferred
        words = InterfaceAssets.words(for: self.language)
    }

    /// The phrase in words. May contain outside text: it is printed through `Output`, which makes that inert.
    func callAsFunction(_ phrase: Phrase) -> String { words.text(phrase, in: language) }

    /// The phrase with blanks behind it, to a width in columns.
    func padded(_ phrase: Phrase, to width: Int) -> String { self(phrase).padded(toColumns: width) }
}

extension String {
    /// With blanks behind it, to a width in the columns of a terminal, of which a Japanese letter takes two.
    func padded(toColumns width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - PrintableText(untrusted: self).width))
    }
}
