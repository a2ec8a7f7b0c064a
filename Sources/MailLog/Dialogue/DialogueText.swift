/// Small readings of a command or a reply that stands somewhere in a line.
enum DialogueText {
    /// The code at the start of a reply, and whether another line of the same reply follows.
    static func code(_ line: Span<UInt8>, _ data: Range<Int>) -> (code: UInt64, isLast: Bool)? {
        guard let code = line.number(at: data.lowerBound), code.end == data.lowerBound + 3, code.end <= data.upperBound,
            (200..<600).contains(code.value)
        else { return nil }
        if code.end == data.upperBound || line[code.end] == 0x20 { return (code.value, true) }
        return line[code.end] == 0x2D ? (code.value, false) : nil
    }

    /// What stands between `<` and `>` somewhere in the field; empty when nothing does.
    static func bracketed(_ line: Span<UInt8>, _ field: Range<Int>) -> Range<Int> {
        guard let open = line.index(of: 0x3C, from: field.lowerBound), open < field.upperBound,
            let inside = line.bracketed(at: open), inside.upperBound < field.upperBound
        else { return 0..<0 }
        return inside
    }

    static func holds(_ line: Span<UInt8>, _ field: Range<Int>, _ word: String) -> Bool {
        line.index(of: word, from: field.lowerBound).map { $0 + word.utf8.count <= field.upperBound } ?? false
    }
}
