import Canvas
import MailVocabulary
import Triage

/// The interface's own words, in the language shown.
extension Dashboard {
    /// `phrase` in words, as text that may contain evidence.
    func words(_ phrase: Phrase) -> String { words.text(phrase, in: shownLanguage) }

    /// `phrase` in words, safe to show.
    func say(_ phrase: Phrase) -> PrintableText { PrintableText(untrusted: words(phrase)) }

    /// A row that says `phrase`.
    func row(_ phrase: Phrase, _ role: Role = .text) -> Row { Row(say(phrase), role) }
}
