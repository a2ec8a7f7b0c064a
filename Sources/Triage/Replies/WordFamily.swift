/// Words that say something together wherever they stand, as entries write them: `relay/forward + @denied - open relay`.
///
/// Of each list joined by `+` one word must stand in the reply, and none of a list behind `-`. `@denied` is a list of the
/// file. A word begins where a word of the reply begins; its end is open, `reject` finds `rejected`, unless it is written
/// with a `|` behind it.
public struct WordFamily: Hashable, Sendable {
    /// Why a family cannot be read.
    public struct Fault: Error, Hashable, Sendable {
        /// What is wrong, in a few words.
        public let reason: String
    }

    let lists: [[PhrasePattern]]
    let excluded: [PhrasePattern]

    /// The words of a list that families may name with `@`, read once for all of them.
    public static func words(_ list: [String]) throws(Fault) -> [PhrasePattern] {
        var patterns: [PhrasePattern] = []
        patterns.reserveCapacity(list.count)
        for word in list { patterns.append(try pattern(word)) }
        return patterns
    }

    /// - Parameter named: the lists that may be named with `@`, from `words`.
    public init(_ text: String, named: [String: [PhrasePattern]] = [:]) throws(Fault) {
        var (lists, excluded): ([[PhrasePattern]], [PhrasePattern]) = ([], [])
        var isExcluded = false
        var list: [PhrasePattern] = []
        func take() throws(Fault) {
            guard !list.isEmpty else { throw Fault(reason: "has a list without words") }
            if isExcluded { excluded += list } else { lists.append(list) }
            list = []
        }
        for part in Self.parts(of: text.utf8) {
            if part.count == 1, let mark = part.first, mark == Self.plus || mark == Self.minus {
                try take()
                isExcluded = mark == Self.minus
                continue
            }
            for word in part.split(separator: UInt8(ascii: "/")) {
                let words = try Self.words(String(Substring(word)), named)
                if list.isEmpty { list = words } else { list += words }
            }
        }
        try take()
        guard !lists.isEmpty else { throw Fault(reason: "looks for nothing") }
        (self.lists, self.excluded) = (lists, excluded)
    }

    private static let plus = UInt8(ascii: "+")
    private static let minus = UInt8(ascii: "-")

    /// The lists and what stands between them. Only a `+` or `-` between blanks divides: a word may hold a hyphen.
    private static func parts(of text: String.UTF8View) -> [Substring.UTF8View] {
        var parts: [Substring.UTF8View] = []
        var start: String.Index?
        var end = text.startIndex
        for word in text.split(separator: 32) {
            let divides = word.count == 1 && (word.first == plus || word.first == minus)
            if divides {
                if let start { parts.append(text[start..<end]) }
                parts.append(word)
                start = nil
            } else {
                start = start ?? word.startIndex
                end = word.endIndex
            }
        }
        if let start { parts.append(text[start..<end]) }
        return parts
    }

    private static func words(
        _ word: String, _ named: [String: [PhrasePattern]]
    ) throws(Fault) -> [PhrasePattern] {
        guard word.utf8.first == UInt8(ascii: "@") else { return [try pattern(word)] }
        guard let words = named[String(word.dropFirst())] else {
            let known = named.keys.sorted().map { "@" + $0 }.joined(separator: " ")
            throw Fault(reason: "names \(word); " + (known.isEmpty ? "the file has no lists" : "known are \(known)"))
        }
        return words
    }

    private static func pattern(_ word: String) throws(Fault) -> PhrasePattern {
        guard let pattern = PhrasePattern(word.utf8.first == UInt8(ascii: "|") ? word : "|" + word), pattern.isFindable
        else {
            throw Fault(reason: "'\(word)' has no three letters in a row to look for")
        }
        return pattern
    }

    /// Everything that is looked for in the text.
    var phrases: [PhrasePattern] { lists.flatMap(\.self) + excluded }
}
