/// The string literals of a Swift file, each as the key that it would be as a `Phrase`: what stands in `\( )` is a numbered
/// place, and literals joined by `+` are one.
struct SwiftLiterals {
    /// A literal and the line in which it begins.
    struct Literal: Hashable {
        var key: String
        var line: Int
    }

    private(set) var all: [Literal] = []
    private let text: [Character]
    private var at = 0
    private var line = 1

    init(_ source: String) {
        text = Array(source)
        while at < text.count { step() }
    }

    private func starts(_ word: String) -> Bool { text[at...].starts(with: word) }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where at < text.count {
            if text[at].isNewline { line += 1 }
            at += 1
        }
    }

    private mutating func step() {
        if starts("//") {
            while at < text.count, !text[at].isNewline { advance() }
        } else if text[at] == "\"" {
            let begin = line
            var places = 0
            var key = literal(&places)
            while let next = joined() {
                advance(next - at)
                key += literal(&places)
            }
            all.append(Literal(key: key, line: begin))
        } else {
            advance()
        }
    }

    /// Where a literal begins that is added to the one that just ended.
    private func joined() -> Int? {
        var next = at
        while next < text.count, text[next].isWhitespace { next += 1 }
        guard next < text.count, text[next] == "+" else { return nil }
        next += 1
        while next < text.count, text[next].isWhitespace { next += 1 }
        return next < text.count && text[next] == "\"" ? next : nil
    }

    private mutating func literal(_ places: inout Int) -> String {
        let isLong = starts("\"\"\"")
        let quote = isLong ? "\"\"\"" : "\""
        advance(quote.count)
        var key = ""
        while at < text.count, !starts(quote) {
            guard text[at] == "\\" else {
                key.append(text[at])
                advance()
                continue
            }
            advance()
            switch text[at] {
            case "(":
                interpolation()
                places += 1
                key += "{\(places)}"
                continue
            case "n": key += "\n"
            case "t": key += "\t"
            case let other: key.append(other)
            }
            advance()
        }
        advance(quote.count)
        return key
    }

    /// Literals within an interpolation are literals too.
    private mutating func interpolation() {
        var depth = 0
        repeat {
            if text[at] == "(" { depth += 1 } else if text[at] == ")" { depth -= 1 }
            if depth > 0, text[at] == "\"" { step() } else { advance() }
        } while depth > 0 && at < text.count
    }
}
