extension PrintableText {
    /// What fits into the first `columns`; a wide glyph that would stick out is left out.
    public func prefix(columns: Int) -> PrintableText {
        guard columns < width else { return self }
        var taken = 0
        return PrintableText(
            glyphs.prefix { glyph in
                guard taken + Int(glyph.width) <= columns else { return false }
                taken += Int(glyph.width)
                return true
            })
    }

    /// The text, or as much as fits with a `>` at its end that says: there is more.
    public func clipped(to columns: Int) -> PrintableText {
        guard columns < width else { return self }
        guard columns > 0 else { return PrintableText() }
        let head = prefix(columns: columns - 1)
        return head + PrintableText(blanks: columns - 1 - head.width) + ">"
    }

    /// What is left of the text when it is scrolled to the left; half of a wide glyph becomes a blank.
    public func dropping(columns: Int) -> PrintableText {
        guard columns > 0 else { return self }
        guard columns < width else { return PrintableText() }
        var gone = 0
        let tail = glyphs.drop { glyph in
            guard gone < columns else { return false }
            gone += Int(glyph.width)
            return true
        }
        return PrintableText(blanks: gone - columns) + PrintableText(tail)
    }

    /// Filled up with blanks on the right; longer text stays as it is.
    public func padded(to columns: Int) -> PrintableText { self + PrintableText(blanks: columns - width) }

    /// Filled up with blanks on the left, for numbers; longer text stays as it is.
    public func rightAligned(in columns: Int) -> PrintableText { PrintableText(blanks: columns - width) + self }
}
