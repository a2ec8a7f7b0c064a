/// What stands in one cell, or in two beside each other: a base scalar and the marks upon it.
///
/// It holds its scalars in place (no array), so that a screen of cells is copied and compared as plain memory.
public struct Glyph: Hashable, Sendable {
    /// The scalar that takes the room.
    public let base: Unicode.Scalar
    /// 1 or 2 columns; 0 is the right half of a wide glyph, which only a `Frame` makes.
    public let width: UInt8
    /// A stand-in for a byte or character that must not be shown as it is.
    public let isControl: Bool
    // As many as ncurses takes beside the base (`CCHARW_MAX` less one).
    private var marks: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = ("\0", "\0", "\0", "\0")

    init(_ base: Unicode.Scalar, width: UInt8 = 1, isControl: Bool = false) {
        (self.base, self.width, self.isControl) = (base, width, isControl)
    }

    /// A blank cell.
    public static let space = Glyph(" ")
    /// The right half of a wide glyph.
    static let rightHalf = Glyph(" ", width: 0)

    /// How many marks stand on the base, 0 to 4.
    public var markCount: Int {
        if marks.0.value == 0 { return 0 }
        if marks.1.value == 0 { return 1 }
        if marks.2.value == 0 { return 2 }
        return marks.3.value == 0 ? 3 : 4
    }

    /// The base and its marks; made anew at each call.
    public var scalars: [Unicode.Scalar] {
        Array([base, marks.0, marks.1, marks.2, marks.3].prefix(1 + markCount))
    }

    /// The four places for marks, a NUL in each one that is free.
    public var markScalars: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) { marks }

    /// Adds a mark, unless there are four already.
    mutating func add(mark: Unicode.Scalar) {
        switch markCount {
        case 0: marks.0 = mark
        case 1: marks.1 = mark
        case 2: marks.2 = mark
        case 3: marks.3 = mark
        case _: break
        }
    }

    func write(to text: inout String) {
        text.unicodeScalars.append(base)
        if marks.0.value != 0 { text.unicodeScalars.append(contentsOf: scalars.dropFirst()) }
    }

    /// Whether both look alike.
    public static func == (one: Glyph, other: Glyph) -> Bool {
        one.base == other.base && one.width == other.width && one.isControl == other.isControl
            && one.marks == other.marks
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(base)
        hasher.combine(width)
        hasher.combine(isControl)
        for scalar in scalars.dropFirst() { hasher.combine(scalar) }
    }
}
