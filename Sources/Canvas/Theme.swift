/// How each role looks at each colour depth, and which glyphs are drawn.
public struct Theme: Hashable, Sendable {
    /// How a role looks; `nil` is the terminal's own colour.
    public struct RoleStyle: Hashable, Sendable {
        /// The colour of the glyph.
        public var foreground: Colour?
        /// The colour behind it.
        public var background: Colour?
        /// With colours.
        public var attributes: Attributes
        /// Without.
        public var mono: Attributes

        /// A look; the terminal's own where nothing is said.
        public init(
            foreground: Colour? = nil, background: Colour? = nil, attributes: Attributes = [], mono: Attributes = []
        ) {
            (self.foreground, self.background) = (foreground, background)
            (self.attributes, self.mono) = (attributes, mono)
        }
    }

    /// The signs of the panes; each stands beside a word or a colour, never alone for a meaning.
    public struct Glyphs: Hashable, Sendable {
        /// What boxes are drawn with.
        public var borders = Borders.unicode
        /// A step that passed.
        public var ok: PrintableText = "✓"
        /// A step that did not.
        public var fail: PrintableText = "✗"
        /// A branch of the tree that is unfolded.
        public var open: PrintableText = "▾"
        /// A branch of the tree that is folded.
        public var closed: PrintableText = "▸"
        /// One unit of a bar.
        public var bar: PrintableText = "▪"

        /// The signs for terminals with UTF-8.
        public init() {}

        /// For terminals without UTF-8.
        public static let ascii: Glyphs = {
            var glyphs = Glyphs()
            glyphs.borders = .ascii
            (glyphs.ok, glyphs.fail, glyphs.open, glyphs.closed, glyphs.bar) = ("+", "x", "v", ">", "=")
            return glyphs
        }()
    }

    /// For which background it was made.
    public enum Variant: String, Hashable, Sendable {
        case dark, light
    }

    /// As its file says.
    public var name: String
    /// The background it was made for.
    public var variant: Variant
    /// What the theme says; a role that is missing looks like its parent.
    public var roles: [Role: RoleStyle]
    /// The signs of the panes.
    public var glyphs: Glyphs
    /// Painted behind everything that has no background of its own; `nil` leaves the terminal's own.
    public var backdrop: Colour?

    /// A theme; without roles everything has the terminal's own look.
    public init(name: String, variant: Variant = .dark, roles: [Role: RoleStyle] = [:], glyphs: Glyphs = Glyphs()) {
        (self.name, self.variant, self.roles, self.glyphs) = (name, variant, roles, glyphs)
    }

    /// What a role looks like: its own style, or that of its nearest parent that has one.
    public subscript(role: Role) -> RoleStyle {
        var asked: Role? = role
        while let candidate = asked {
            if let style = roles[candidate] { return style }
            asked = candidate.parent
        }
        return RoleStyle()
    }

    /// How a cell of a role is painted. On the selected row the selection gives background and attributes, and keeps
    /// the role's foreground.
    public func style(of role: Role, isSelected: Bool = false, at depth: ColourDepth) -> Style {
        let own = self[role]
        let behind = isSelected ? self[.selection] : own
        guard depth != .mono else {
            return Style(attributes: isSelected ? own.mono.union(behind.mono) : own.mono)
        }
        let attributes = isSelected ? own.attributes.union(behind.attributes) : own.attributes
        return Style(
            foreground: Self.paint(own.foreground ?? (isSelected ? behind.foreground : nil), at: depth),
            background: Self.paint(behind.background ?? backdrop, at: depth), attributes: attributes)
    }

    private static func paint(_ colour: Colour?, at depth: ColourDepth) -> Style.Paint {
        guard let colour else { return .standard }
        if colour.isUsers, depth != .mono { return colour.c16.map { .indexed($0.index) } ?? .standard }
        switch depth {
        case .rgb: return .rgb(colour.rgb)
        case .c256: return .indexed(colour.c256)
        case .c16: return colour.c16.map { .indexed($0.index) } ?? .standard
        case .mono: return .standard
        }
    }

    /// The theme that needs no file: attributes only.
    public static let colourless = Theme(
        name: "colourless",
        roles: [
            .text: RoleStyle(),
            .muted: RoleStyle(attributes: .dim, mono: .dim),
            .borderFocus: RoleStyle(attributes: .bold, mono: .bold),
            .title: RoleStyle(attributes: .bold, mono: .bold),
            .titleFocus: RoleStyle(attributes: [.bold, .reverse], mono: [.bold, .reverse]),
            .selection: RoleStyle(attributes: .reverse, mono: .reverse),
            .hintKey: RoleStyle(attributes: .bold, mono: .bold),
            .badge: RoleStyle(attributes: .bold, mono: .bold),
            .error: RoleStyle(attributes: .bold, mono: .bold),
            .modeSend: RoleStyle(attributes: [.bold, .reverse], mono: [.bold, .reverse]),
            .modePrivate: RoleStyle(attributes: .reverse, mono: .reverse),
            .temporary: RoleStyle(attributes: .underline, mono: .underline),
            .permanent: RoleStyle(attributes: .reverse, mono: .reverse),
            .dnsProblem: RoleStyle(attributes: .underline, mono: .underline),
            .logMine: RoleStyle(attributes: .bold, mono: .bold),
            .logLevelError: RoleStyle(attributes: .bold, mono: .bold),
            .stepSlow: RoleStyle(attributes: .underline, mono: .underline),
            .searchHit: RoleStyle(attributes: .underline, mono: .underline),
            .searchCurrent: RoleStyle(attributes: .reverse, mono: .reverse),
            .control: RoleStyle(attributes: .reverse, mono: .reverse),
        ])
}
