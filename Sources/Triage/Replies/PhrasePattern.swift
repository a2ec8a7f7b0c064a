/// A few words that a reply contains, with typed gaps, as entries write them: `listed at {host}`, `^too many hops$`.
///
/// Compared with letters folded and runs of blanks as one. `^` and `$` tie it to the ends of the text, `|` to those of a
/// word: `|rate|` is no `generated`. No regular expression: entries stay readable and matching stays linear.
public struct PhrasePattern: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case literal([UInt8])
        case wildcard(PhraseWildcard)
    }

    private let form: PhraseForm

    /// What was written.
    public var source: String { form.source }
    var pieces: [Piece] { form.pieces }
    var startsText: Bool { form.startsText }
    var endsText: Bool { form.endsText }
    var startsWord: Bool { form.startsWord }
    var endsWord: Bool { form.endsWord }
    /// The place of the longest literal in `pieces`; `nil` when there is none.
    var anchor: Int? { form.anchor }
    /// How many bytes must be there letter by letter: the more, the more the phrase says.
    var letters: Int { form.letters }

    /// `nil` for an unknown wildcard, an open brace, or an empty phrase.
    public init?(_ source: String) {
        guard let form = PhraseForm(source) else { return nil }
        self.form = form
    }

    /// What was written decides all the rest.
    public static func == (left: PhrasePattern, right: PhrasePattern) -> Bool {
        left.form === right.form || (left.form.hash == right.form.hash && left.source == right.source)
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(form.hash) }

    /// The longest literal, by which the phrase is looked for.
    var anchorLiteral: [UInt8] {
        guard let anchor, case .literal(let bytes) = pieces[anchor] else { return [] }
        return bytes
    }

    /// True for a phrase that is found as soon as its letters are.
    var isPlain: Bool { pieces.count == 1 && !startsText && !endsText && !startsWord && !endsWord }

    /// True for a phrase that is found as soon as its letters are and a word begins with them.
    var isWordStart: Bool { pieces.count == 1 && !startsText && !endsText && startsWord && !endsWord }

    /// True for short phrases that can stand at the start of the text only, such as `^ok$` and `^{host}$`.
    var isEdge: Bool { startsText && anchorLiteral.count < 3 }

    /// Whether there is anything by which the phrase can be looked for.
    var isFindable: Bool { isEdge || anchorLiteral.count >= 3 }

    /// The wildcards, left to right.
    var wildcards: [PhraseWildcard] {
        pieces.compactMap { if case .wildcard(let wildcard) = $0 { wildcard } else { nil } }
    }

    /// Whether the whole phrase stands in `text` when its anchor literal begins at `position`.
    func holds(in text: [UInt8], anchoredAt position: Int) -> Bool { runs(in: text, anchoredAt: position) != nil }

    /// Whether a phrase with `isEdge` stands at the start of `text`.
    func holdsAtStart(of text: [UInt8]) -> Bool {
        runsFrom(0, startingAt: 0, in: text) != nil
    }

    /// What the wildcards cover, left to right, at the first place where the phrase stands in `text`.
    func firstRuns(in text: [UInt8]) -> [Range<Int>]? {
        guard let anchor, case .literal(let literal) = pieces[anchor], let first = literal.first else {
            if startsText { return runsFrom(0, startingAt: 0, in: text) }
            guard let piece = pieces.first, case .wildcard(let wildcard) = piece, pieces.count == 1 else { return nil }
            return loneRun(of: wildcard, in: text).map { [$0] }
        }
        guard text.count >= literal.count else { return nil }
        for position in 0...(text.count - literal.count) where text[position] == first {
            if Self.stands(literal, in: text, at: position), let runs = runs(in: text, anchoredAt: position) {
                return runs
            }
        }
        return nil
    }

    private func runs(in text: [UInt8], anchoredAt position: Int) -> [Range<Int>]? {
        guard let anchor else { return nil }
        guard let before = runsBefore(anchor, endingAt: position, in: text),
            let after = runsFrom(anchor + 1, startingAt: position + anchorLiteral.count, in: text)
        else { return nil }
        return before + after
    }

    /// Reads the pieces from `index` on, forwards; the last one may have to reach the end of the text.
    private func runsFrom(_ index: Int, startingAt position: Int, in text: [UInt8]) -> [Range<Int>]? {
        var runs: [Range<Int>] = []
        var end = position
        for index in pieces.indices.dropFirst(index) {
            switch pieces[index] {
            case .literal(let bytes):
                guard Self.stands(bytes, in: text, at: end) else { return nil }
                end += bytes.count
            case .wildcard(let wildcard):
                // As long as can be, then shorter until the next letters fit.
                var stop = end
                while stop < text.count, stop - end < PhraseWildcard.longest, wildcard.takes(text[stop]) { stop += 1 }
                if index + 1 < pieces.count, case .literal(let bytes) = pieces[index + 1] {
                    while stop > end, !Self.stands(bytes, in: text, at: stop) { stop -= 1 }
                }
                guard stop > end, wildcard.accepts(text[end..<stop]) else { return nil }
                runs.append(end..<stop)
                end = stop
            }
        }
        guard !endsText || end == text.count, !endsWord || !Self.isWithinWord(end, of: text) else { return nil }
        return runs
    }

    /// Reads the pieces before `index`, backwards; the first one may have to be the start of the text.
    private func runsBefore(_ index: Int, endingAt position: Int, in text: [UInt8]) -> [Range<Int>]? {
        var runs: [Range<Int>] = []
        var start = position
        for index in pieces.indices.prefix(index).reversed() {
            switch pieces[index] {
            case .literal(let bytes):
                start -= bytes.count
                guard Self.stands(bytes, in: text, at: start) else { return nil }
            case .wildcard(let wildcard):
                var stop = start
                while stop > 0, start - stop < PhraseWildcard.longest, wildcard.takes(text[stop - 1]) { stop -= 1 }
                if index > 0, case .literal(let bytes) = pieces[index - 1] {
                    while stop < start, !Self.stands(bytes, in: text, at: stop - bytes.count) { stop += 1 }
                }
                guard stop < start, wildcard.accepts(text[stop..<start]) else { return nil }
                runs.insert(stop..<start, at: 0)
                start = stop
            }
        }
        guard !startsText || start == 0, !startsWord || !Self.isWithinWord(start, of: text) else { return nil }
        return runs
    }

    /// The first run of a phrase that is one wildcard and nothing else.
    private func loneRun(of wildcard: PhraseWildcard, in text: [UInt8]) -> Range<Int>? {
        var start = 0
        while start < text.count {
            var stop = start
            while stop < text.count, wildcard.takes(text[stop]) { stop += 1 }
            if stop > start, wildcard.accepts(text[start..<stop]) { return start..<stop }
            start = max(stop, start) + 1
        }
        return nil
    }

    /// Whether letters or digits stand on both sides of a place.
    static func isWithinWord(_ place: Int, of text: [UInt8]) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool {
            (97...122).contains(byte) || (65...90).contains(byte) || ReplyNormalizer.isDigit(byte) || byte >= 128
        }
        return place > 0 && place < text.count && isLetter(text[place - 1]) && isLetter(text[place])
    }

    static func stands(_ literal: [UInt8], in text: [UInt8], at position: Int) -> Bool {
        guard position >= 0, position + literal.count <= text.count else { return false }
        for index in literal.indices where text[position + index] != literal[index] { return false }
        return true
    }
}
