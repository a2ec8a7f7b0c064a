/// Finds which of many phrases stand in a text, in one pass over it.
///
/// Each phrase is filed under three neighbouring bytes of its longest literal, the rarest ones over samples and phrases; only
/// where the text has those three is the phrase itself compared.
struct PhraseIndex: Sendable {
    /// Five bits of each of three bytes: letters never share a bucket.
    private static let buckets = 1 << 15

    /// What must hold besides the letters of the literal.
    private enum Tie {
        case none, wordStart
        /// The pattern itself knows.
        case pattern
    }

    private(set) var patterns: [PhrasePattern] = []
    private var places: [PhrasePattern: Int] = [:]
    /// The first phrase of each bucket, and for each phrase the next one of its bucket; -1 ends the chain.
    private var heads = [Int32](repeating: -1, count: PhraseIndex.buckets)
    private var nexts: [Int32] = []
    /// How far into the anchor literal the three bytes lie, and the literals, end to end.
    private var offsets: [Int32] = []
    private var literals: [UInt8] = []
    private var starts: [Int32] = [0]
    private var ties: [Tie] = []
    /// One bit for each bucket that is not empty: small enough to be always at hand.
    private var occupied = [UInt64](repeating: 0, count: PhraseIndex.buckets / 64)
    /// The phrases too short for three neighbouring bytes, which stand at the start of the text or nowhere.
    private var edges: [Int] = []

    /// - Parameter samples: texts such as will be asked about, letters folded: what is common in them finds nothing.
    init(_ phrases: some Sequence<PhrasePattern>, samples: [[UInt8]]) {
        for phrase in phrases where phrase.isFindable && places[phrase] == nil {
            places[phrase] = patterns.count
            patterns.append(phrase)
        }
        var frequency = [Int](repeating: 0, count: Self.buckets)
        for text in samples + patterns.filter({ !$0.isEdge }).map(\.anchorLiteral) where text.count >= 3 {
            for at in 0..<(text.count - 2) { frequency[Self.bucket(text[at], text[at + 1], text[at + 2])] += 1 }
        }
        for (place, pattern) in patterns.enumerated() {
            let literal = pattern.anchorLiteral
            ties.append(pattern.isPlain ? .none : pattern.isWordStart ? .wordStart : .pattern)
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
            occupied[bucket >> 6] |= 1 << UInt64(bucket & 63)
            offsets.append(Int32(offset))
        }
    }

    /// The place of a phrase in the answers of `found(in:)`; `nil` when it has no three letters in a row.
    func place(of phrase: PhrasePattern) -> Int? { places[phrase] }

    /// What a text was found to hold.
    struct Finds {
        /// For each phrase whether it stands in the text.
        var flags: [Bool]
        /// The places of those that do.
        var places: [Int] = []
        /// How many phrases were compared with the text to know it.
        var comparisons = 0
    }

    /// Looks for all phrases in `text`.
    func found(in text: [UInt8]) -> Finds {
        var flags = [Bool](repeating: false, count: patterns.count)
        var found: [Int] = []
        found.reserveCapacity(64)
        for place in edges where patterns[place].holdsAtStart(of: text) {
            flags[place] = true
            found.append(place)
        }
        var comparisons = edges.count
        guard text.count >= 3, !patterns.isEmpty else {
            return Finds(flags: flags, places: found, comparisons: comparisons)
        }
        var bucket = Self.bucket(0, text[0], text[1])
        for at in 0..<(text.count - 2) {
            bucket = (bucket << 5 | Int(text[at + 2] & 31)) & (Self.buckets - 1)
            guard occupied[bucket >> 6] & (1 << UInt64(bucket & 63)) != 0 else { continue }
            var slot = heads[bucket]
            while slot >= 0 {
                let place = Int(slot)
                comparisons += 1
                if !flags[place], stands(place, in: text, at: at - Int(offsets[place])) {
                    flags[place] = true
                    found.append(place)
                }
                slot = nexts[place]
            }
        }
        return Finds(flags: flags, places: found, comparisons: comparisons)
    }

    private func stands(_ place: Int, in text: [UInt8], at position: Int) -> Bool {
        let (start, end) = (Int(starts[place]), Int(starts[place + 1]))
        guard position >= 0, position + end - start <= text.count else { return false }
        // Most that differ differ at the end: the three bytes in common were often the beginning of a word.
        var index = end
        while index > start {
            index -= 1
            if text[position + index - start] != literals[index] { return false }
        }
        return switch ties[place] {
        case .none: true
        case .wordStart: !PhrasePattern.isWithinWord(position, of: text) && !Self.isWithinURL(position, of: text)
        case .pattern: patterns[place].holds(in: text, anchoredAt: position)
        }
    }

    /// Whether a place lies in a URL behind its scheme: the words of an address are not the words of the reply.
    private static func isWithinURL(_ place: Int, of text: [UInt8]) -> Bool {
        var at = place
        while at > 2, text[at - 1] > 32, place - at < 256 {
            at -= 1
            if text[at] == 47, text[at - 1] == 47, text[at - 2] == 58 { return true }
        }
        return false
    }

    private static func bucket(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        Int(first & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
    }
}
