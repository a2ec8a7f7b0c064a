/// Finds which of many phrases stand in a text, in one pass over it.
///
/// Each phrase is filed under three neighbouring bytes of its longest literal, the rarest ones over all phrases; only
/// where the text has those three is the phrase itself compared.
struct PhraseIndex: Sendable {
    private static let buckets = 8192

    private(set) var patterns: [PhrasePattern] = []
    private var places: [PhrasePattern: Int] = [:]
    /// The first phrase of each bucket, and for each phrase the next one of its bucket; -1 ends the chain.
    private var heads = [Int32](repeating: -1, count: PhraseIndex.buckets)
    private var nexts: [Int32] = []
    /// How far into the anchor literal the three bytes lie, and the literals, end to end.
    private var offsets: [Int32] = []
    private var literals: [UInt8] = []
    private var starts: [Int32] = [0]
    private var isPlain: [Bool] = []
    /// The phrases too short for three neighbouring bytes, which stand at the start of the text or nowhere.
    private var edges: [Int] = []

    init(_ phrases: some Sequence<PhrasePattern>) {
        for phrase in phrases where phrase.isFindable && places[phrase] == nil {
            places[phrase] = patterns.count
            patterns.append(phrase)
        }
        var frequency = [Int](repeating: 0, count: Self.buckets)
        for pattern in patterns where !pattern.isEdge {
            let literal = pattern.anchorLiteral
            for at in 0..<(literal.count - 2) {
                frequency[Self.bucket(literal[at], literal[at + 1], literal[at + 2])] += 1
            }
        }
        for (place, pattern) in patterns.enumerated() {
            let literal = pattern.anchorLiteral
            isPlain.append(pattern.pieces.count == 1 && !pattern.startsText && !pattern.endsText)
            literals += literal
            starts.append(Int32(literals.count))
            guard !pattern.isEdge else {
                edges.append(place)
                nexts.append(-1)
                offsets.append(0)
                continue
            }
            var (rarest, offset) = (Int.max, 0)
            for at in 0..<(literal.count - 2) {
                let count = frequency[Self.bucket(literal[at], literal[at + 1], literal[at + 2])]
                if count < rarest { (rarest, offset) = (count, at) }
            }
            let bucket = Self.bucket(literal[offset], literal[offset + 1], literal[offset + 2])
            nexts.append(heads[bucket])
            heads[bucket] = Int32(place)
            offsets.append(Int32(offset))
        }
    }

    /// The place of a phrase in the answers of `found(in:)`; `nil` when it has no three letters in a row.
    func place(of phrase: PhrasePattern) -> Int? { places[phrase] }

    /// For each phrase whether it stands in `text`, and the places of those that do.
    func found(in text: [UInt8]) -> (flags: [Bool], places: [Int]) {
        var flags = [Bool](repeating: false, count: patterns.count)
        var hits: [Int] = []
        for place in edges where patterns[place].holdsAtStart(of: text) {
            flags[place] = true
            hits.append(place)
        }
        guard text.count >= 3, !patterns.isEmpty else { return (flags, hits) }
        var (first, second) = (text[0], text[1])
        for at in 0..<(text.count - 2) {
            let third = text[at + 2]
            var slot = heads[Self.bucket(first, second, third)]
            while slot >= 0 {
                let place = Int(slot)
                if !flags[place], stands(place, in: text, at: at - Int(offsets[place])) {
                    flags[place] = true
                    hits.append(place)
                }
                slot = nexts[place]
            }
            (first, second) = (second, third)
        }
        return (flags, hits)
    }

    private func stands(_ place: Int, in text: [UInt8], at position: Int) -> Bool {
        let (start, end) = (Int(starts[place]), Int(starts[place + 1]))
        guard position >= 0, position + end - start <= text.count else { return false }
        for index in start..<end where text[position + index - start] != literals[index] { return false }
        return isPlain[place] || patterns[place].holds(in: text, anchoredAt: position)
    }

    private static func bucket(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        ((Int(first) &* 31 &+ Int(second)) &* 37 &+ Int(third)) & (buckets - 1)
    }
}
