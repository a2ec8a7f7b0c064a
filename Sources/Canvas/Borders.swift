/// What the boxes are drawn with.
public enum Borders: String, Hashable, Sendable, CaseIterable {
    /// Light lines, heavy ones for the focused box.
    case unicode
    /// `+`, `-` and `|`; `#` and `=` for the focused box.
    case ascii
    /// Blanks: for screen readers.
    case none

    /// Top left, top right, bottom left, bottom right, horizontal, vertical.
    struct Pieces {
        let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: Glyph

        init(_ pieces: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar))
        {
            (topLeft, topRight) = (Glyph(pieces.0), Glyph(pieces.1))
            (bottomLeft, bottomRight) = (Glyph(pieces.2), Glyph(pieces.3))
            (horizontal, vertical) = (Glyph(pieces.4), Glyph(pieces.5))
        }
    }

    func pieces(focused: Bool) -> Pieces {
        switch (self, focused) {
        case (.unicode, false): Pieces(("┌", "┐", "└", "┘", "─", "│"))
        case (.unicode, true): Pieces(("┏", "┓", "┗", "┛", "━", "┃"))
        case (.ascii, false): Pieces(("+", "+", "+", "+", "-", "|"))
        case (.ascii, true): Pieces(("#", "#", "#", "#", "=", "#"))
        case (.none, _): Pieces((" ", " ", " ", " ", " ", " "))
        }
    }
}
