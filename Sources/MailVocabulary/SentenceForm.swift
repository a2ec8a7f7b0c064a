/// The form of a sentence whose places are not known yet: finds in `cannot read a.log: it is a pipe` what stands in the
/// places of `cannot read {1}: {2}`.
public struct SentenceForm: Hashable, Sendable {
    /// What stands before the first place, between two, and behind the last.
    private let words: [[UInt8]]
    /// The number of the place behind each of `words` but the last.
    private let places: [Int]
    /// How many letters are the form's own: of two forms that fit, the one with more says more.
    public let weight: Int

    /// Whether it begins with a place: such a form fits many sentences.
    public var isOpen: Bool { words[0].isEmpty }

    /// `nil` for a form without a place, and for one that would fit anything: it needs a word of its own beside the places, and no
    /// two places that touch each other.
    public init?(_ template: PhraseTemplate) {
        var words: [[UInt8]] = [[]]
        var places: [Int] = []
        for piece in template.pieces {
            switch piece {
            case .words(let text): words[words.count - 1] += Array(text.utf8)
            case .place(let number):
                guard places.isEmpty || words[words.count - 1] != [] else { return nil }
                places.append(number)
                words.append([])
            }
        }
        weight = words.joined().count { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }
        guard !places.isEmpty, Set(places).count == places.count, weight >= 3 else { return nil }
        (self.words, self.places) = (words, places)
    }

    /// The texts in the places, in the order of their numbers; `nil` when the sentence has another form.
    ///
    /// Each place takes as little as it can, the last one all the rest.
    ///
    /// - Parameter text: the sentence in UTF-8, as one sentence is held against hundreds of forms.
    public func arguments(in text: [UInt8]) -> [String]? {
        guard text.starts(with: words[0]), let end = words.last, text.count >= words[0].count + end.count,
            text.suffix(end.count).elementsEqual(end)
        else { return nil }
        var found: [Int: String] = [:]
        var at = words[0].count
        let limit = text.count - end.count
        for (index, place) in places.enumerated() {
            let isLast = index == places.count - 1
            let next = isLast ? limit : Self.first(words[index + 1], in: text, from: at, to: limit)
            // What is added at the end may be nothing.
            guard let next, next > at || isLast && end.isEmpty && next == at else { return nil }
            found[place] = String(decoding: text[at..<next], as: UTF8.self)
            at = next + words[index + 1].count
        }
        return (1...(places.max() ?? 1)).map { found[$0] ?? "" }
    }

    private static func first(_ word: [UInt8], in text: [UInt8], from start: Int, to limit: Int) -> Int? {
        var at = start
        while at + word.count <= limit {
            if text[at..<(at + word.count)].elementsEqual(word) { return at }
            at += 1
        }
        return nil
    }
}
