/// How many colours a terminal has.
public enum ColourDepth: String, Hashable, Sendable, CaseIterable {
    /// 24 bits, named directly.
    case rgb
    /// The xterm palette of 256.
    case c256
    /// The user's own 16, or 8 of them with bold for the bright ones.
    case c16
    /// None: attributes only. Also with `NO_COLOR` and `--color never`.
    case mono
}

/// The 16 colours whose look the user owns (ECMA-48 order, then the bright ones).
public enum TerminalColour: String, Hashable, Sendable, CaseIterable {
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack = "bright-black"
    case brightRed = "bright-red"
    case brightGreen = "bright-green"
    case brightYellow = "bright-yellow"
    case brightBlue = "bright-blue"
    case brightMagenta = "bright-magenta"
    case brightCyan = "bright-cyan"
    case brightWhite = "bright-white"

    /// 0 to 15.
    public var index: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? 0) }
}

/// A colour as a theme gives it: one value for each depth, none computed from another when it is used.
public struct Colour: Hashable, Sendable {
    /// 0xRRGGBB.
    public var rgb: UInt32
    /// 16 to 255, of the xterm palette.
    public var c256: UInt8
    /// `nil` is the terminal's own: what the user owns is not computed.
    public var c16: TerminalColour?
    /// Only `c16` counts, whatever the depth.
    public let isUsers: Bool

    /// A colour by its value at each depth.
    public init(rgb: UInt32, c256: UInt8, c16: TerminalColour?) {
        (self.rgb, self.c256, self.c16, isUsers) = (rgb, c256, c16, false)
    }

    /// The user's own colour at every depth: what it looks like is not known here.
    public init(_ colour: TerminalColour) { (rgb, c256, c16, isUsers) = (0, 16, colour, true) }
}
