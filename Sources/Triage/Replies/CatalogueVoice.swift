/// What the catalogue says in one language. Where a hundred thousand replies will be put into its words, they are made ready once;
/// otherwise each when it is said.
struct CatalogueVoice: Sendable {
    let words: CatalogueTexts
    let basis: BasisWords
    let reading: ReplyReading
    private let otherWords: CatalogueTexts
    private let entries: [ReplyEntry]
    /// In the order of the catalogue's entries; empty when they are not made ready.
    private let spoken: [SpokenEntry]

    init(
        _ entries: [ReplyEntry], _ words: CatalogueTexts, otherwise otherWords: CatalogueTexts, isReady: Bool
    ) {
        (self.words, self.otherWords, self.entries) = (words, otherWords, entries)
        basis = BasisWords(words)
        reading = ReplyReading(words)
        spoken = isReady ? entries.map { SpokenEntry($0, words, otherWords) } : []
    }

    /// What an entry says, by its place in the catalogue.
    func entry(_ place: Int) -> SpokenEntry {
        spoken.isEmpty ? SpokenEntry(entries[place], words, otherWords) : spoken[place]
    }

    /// The class of an entry, by its place in the catalogue.
    func replyClass(_ place: Int) -> ReplyClass { entries[place].replyClass }
}
