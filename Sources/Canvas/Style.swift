/// Attributes of a cell beside its colours. There is no blinking.
public struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits, which the C side shares.
    public let rawValue: UInt8

    /// Attributes from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Heavier, on some terminals brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter; some terminals show it as ordinary.
    public static let dim = Attributes(rawValue: 2)
    /// A line below.
    public static let underline = Attributes(rawValue: 4)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 8)
    /// Slanted; many terminals show it as ordinary or reverse.
    public static let italic = Attributes(rawValue: 16)

    /// The names in a theme file.
    public static let names: [(name: String, attribute: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
    ]
}

/// How a role looks on a terminal of one depth.
public struct Style: Hashable, Sendable {
    /// A colour in the terms of that depth.
    public enum Paint: Hashable, Sendable {
        /// The terminal's own.
        case standard
        /// 0xRRGGBB, only at depth `rgb`.
        case rgb(UInt32)
        /// A number of the palette, only at depths `c256` (16 to 255) and `c16` (0 to 15).
        case indexed(UInt8)
    }

    /// The colour of the glyph.
    public var foreground: Paint
    /// The colour behind it.
    public var background: Paint
    /// What comes on top.
    public var attributes: Attributes

    /// A look; the terminal's own where nothing is said.
    public init(foreground: Paint = .standard, background: Paint = .standard, attributes: Attributes = []) {
        (self.foreground, self.background, self.attributes) = (foreground, background, attributes)
    }
}
