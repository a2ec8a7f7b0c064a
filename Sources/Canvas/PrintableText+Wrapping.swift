extension PrintableText {
    /// The text in lines of at most `columns`.
    ///
    /// A line ends at a blank, which is then not shown, or between two glyphs of which one is wide (Japanese has no
    /// blanks), but no line begins with a closing bracket, a full stop, a small kana or its like, and none ends with an
    /// opening bracket (the rule called kinsoku, JIS X 4051). A word longer than a line is cut where the line ends.
    /// Never empty: empty text is one empty line.
    public func wrapped(to columns: Int) -> [PrintableText] {
        guard columns > 0, width > columns else { return [self] }
        var lines: [PrintableText] = []
        var rest = glyphs[...]
        while !rest.isEmpty {
            let cut = Self.lineEnd(of: rest, columns: columns)
            var line = rest[..<cut]
            while line.last == .space { line = line.dropLast() }
            lines.append(PrintableText(line))
            rest = rest[cut...].drop { $0 == .space }
        }
        return lines
    }

    /// Where the first line of `rest` ends; always after at least one glyph.
    private static func lineEnd(of rest: ArraySlice<Glyph>, columns: Int) -> Int {
        var used = 0
        var lastBreak: Int?
        for index in rest.indices {
            let glyph = rest[index]
            if index > rest.startIndex, mayBreak(between: rest[index - 1], and: glyph) { lastBreak = index }
            // A blank that sticks out is dropped, so it needs no room.
            if glyph == .space, used + 1 > columns { return index }
            used += Int(glyph.width)
            guard used <= columns else {
                // Leading blanks alone would make an empty line.
                if let lastBreak, rest[..<lastBreak].contains(where: { $0 != .space }) { return lastBreak }
                return max(index, rest.startIndex + 1)
            }
        }
        return rest.endIndex
    }

    private static func mayBreak(between left: Glyph, and right: Glyph) -> Bool {
        if left == .space { return right != .space }
        guard left.width == 2 || right.width == 2, right != .space else { return false }
        return !cannotBeginLine.contains(right.base) && !cannotEndLine.contains(left.base)
    }

    private static let cannotBeginLine = Set(
        ("、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】｠〗〙»‐゠–〜～ぁぃぅぇぉっゃゅょゎゕゖ"
            + "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡､｣･ｧｨｩｪｫｬｭｮｯｰﾞﾟ)]},.:;?!%…‥").unicodeScalars)

    private static let cannotEndLine = Set("‘“（〔［｛〈《「『【｟〖〘«｢([{".unicodeScalars)
}
