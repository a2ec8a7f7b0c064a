/// All that the catalogue can say in one language, made ready once: a hundred thousand replies are put into its words.
struct CatalogueVoice: Sendable {
    let words: CatalogueTexts
    let basis: BasisWords
    let reading: ReplyReading
    /// In the order of the catalogue's entries.
    let entries: [SpokenEntry]

    init(_ entries: [ReplyEntry], _ words: CatalogueTexts, otherwise otherWords: CatalogueTexts) {
        self.words = words
        basis = BasisWords(words)
        reading = ReplyReading(words)
        self.entries = entries.map { SpokenEntry($0, words, otherWords) }
    }
}
