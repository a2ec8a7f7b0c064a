/// What one entry says in one language, put together once, as far as it does not depend on the reply.
///
/// A class, because every explanation takes from it, and a copy would cost more than the question.
final class SpokenEntry: Sendable {
    let entry: ReplyEntry
    let classLabel: String
    let actors: [String]
    /// Title and meaning; their gaps stand open unless `isComplete`.
    let title: String
    let meaning: String
    /// The title without a reply at hand: its gaps say "the address", "the list".
    let heading: String
    let causes: [ReplyExplanation.Cause]
    let next: [ReplyExplanation.Step]
    let references: [String]
    /// True when nothing of the session can change a word of it, a wait that the reply asks for apart.
    let isComplete: Bool
    /// True when one of the steps is to try again later.
    let mayWait: Bool

    /// - Parameter otherWords: of the language that is used where `words` lacks a text, as a user's own entries may.
    init(_ entry: ReplyEntry, _ words: CatalogueTexts, _ otherWords: CatalogueTexts) {
        let text = words.entries[entry.id] ?? otherWords.entries[entry.id] ?? .init(title: entry.id, meaning: "")
        let general = GapFilling(words)
        let causes = entry.causes.map {
            ReplyExplanation.Cause(
                id: $0.id, weight: $0.weight, check: $0.check,
                text: words.causes[$0.id] ?? otherWords.causes[$0.id] ?? $0.id)
        }
        let next = entry.next.map {
            ReplyExplanation.Step(
                id: $0.id, text: words.next[$0.id] ?? otherWords.next[$0.id] ?? $0.id, deed: $0.deed)
        }
        // `{seconds}` comes from the query itself.
        isComplete =
            entry.capture.isEmpty
            && ([text.title, text.meaning] + causes.map(\.text) + next.map(\.text))
                .allSatisfy { !$0.hasGap || !TextTemplate($0).names.contains("seconds") }
        mayWait = entry.next.contains { if case .retry? = $0.deed { true } else { false } }
        self.entry = entry
        classLabel = words.word(.classes, entry.replyClass.rawValue)
        actors = entry.actors.map { words.word(.actors, $0.rawValue) }
        heading = general.filled(text.title)
        title = isComplete ? heading : text.title
        meaning = isComplete ? general.filled(text.meaning) : text.meaning
        self.causes = isComplete ? general.filled(causes) : causes
        self.next = isComplete ? general.filled(next) : next
        references = entry.references.compactMap(\.shown)
    }
}

extension ReplyEntry.Reference {
    /// As shown to a reader; `nil` for mere provenance.
    fileprivate var shown: String? {
        switch self {
        case .rfc(let number, let section): section.map { "RFC \(number) §\($0)" } ?? "RFC \(number)"
        case .iana(let row): "IANA \(row)"
        case .vendor(let name, let url): url.map { "\(name): \($0)" } ?? name
        case .seed: nil
        }
    }
}
