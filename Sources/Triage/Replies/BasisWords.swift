/// The sentences of one language that say what an explanation rests on, made ready once.
struct BasisWords: Sendable {
    private let words: CatalogueTexts
    /// One sentence for each set of grounds, by its raw value.
    private let agreements: [String]

    init(_ words: CatalogueTexts) {
        self.words = words
        let names = ReplyMatch.Grounds.named.map { ($0, words.word(.basis, $1)) }
        let agree = TextTemplate(words.word(.basis, "agree"))
        let single = TextTemplate(words.word(.basis, "single"))
        let (separator, last) = (words.word(.basis, "separator"), words.word(.basis, "last"))
        let nothing = words.word(.basis, "nothing")
        agreements = (0..<(1 << UInt16(names.count))).map { (value: UInt16) in
            let grounds = ReplyMatch.Grounds(rawValue: value)
            let parts = names.compactMap { grounds.contains($0) ? $1 : nil }
            guard let end = parts.last else { return nothing }
            guard parts.count > 1 else { return single.filled { _ in end } }
            let list = parts.dropLast().joined(separator: separator) + last + end
            return agree.filled { _ in list }
        }
    }

    /// `code, enhanced code and text agree`.
    func agreement(of grounds: ReplyMatch.Grounds) -> String { agreements[Int(grounds.rawValue)] }

    /// The sentence of `common.json` under `key`, its gaps filled.
    func sentence(_ key: String, _ values: [String: String] = [:]) -> String {
        let text = words.word(.basis, key)
        return values.isEmpty ? text : TextTemplate(text).filled { values[$0] }
    }

    func joined(_ sentences: [String]) -> String {
        if sentences.count == 1, let only = sentences.first { return only }
        return sentences.joined(separator: words.word(.basis, "sentence-separator"))
    }
}
