/// Where everything stands on a screen of one size (interface b): the size alone decides, so screens are reproducible.
///
/// Rects never overlap and never leave the screen. What a layout does not show is `nil`; on a screen too small for it a
/// chrome row is empty.
public struct Layout: Hashable, Sendable {
    /// How much is shown at once.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One pane with a tab strip; on less than 40x10 one line of notice.
        case tiny
        /// The session above, one of the other panes below.
        case narrow
        /// Four panes.
        case medium
        /// Four panes, and boxes of their own for envelope and transcript.
        case wide
    }

    /// From which size on a layout is chosen.
    public struct Limits: Hashable, Sendable {
        /// Below it there is only one line of notice.
        public var tiny = Size(columns: 40, rows: 10)
        /// From here on two panes, one above the other.
        public var narrow = Size(columns: 60, rows: 16)
        /// From here on four panes.
        public var medium = Size(columns: 100, rows: 30)
        /// From here on boxes for envelope and transcript too.
        public var wide = Size(columns: 160, rows: 45)

        /// The limits of interface b.
        public init() {}
    }

    /// How much is shown at once.
    public let kind: Kind
    /// Smaller than anything can be shown in: `main` is one line, the rest is empty.
    public let isNotice: Bool
    /// One pane fills the body: `main` is its place, whichever pane it is.
    public let isZoomed: Bool
    /// The top row.
    public internal(set) var title = Rect.none
    /// The row for messages and prompts.
    public internal(set) var message = Rect.none
    /// The bottom row.
    public internal(set) var hint = Rect.none
    /// The session; when tiny or zoomed, the pane in focus.
    public internal(set) var main = Rect.none
    /// Tiny: the strip that names the panes.
    public internal(set) var tabs: Rect?
    /// Narrow: the pane below, whose border names all that can stand there.
    public internal(set) var secondary: Rect?
    /// Medium and wide: the explanation.
    public internal(set) var explain: Rect?
    /// Medium and wide: mail exchangers and DNS.
    public internal(set) var exchangers: Rect?
    /// Medium and wide: the gateway's log.
    public internal(set) var log: Rect?
    /// Wide: the transcript of the session.
    public internal(set) var transcript: Rect?
    /// Wide: envelope and message.
    public internal(set) var envelope: Rect?

    /// The layout of a screen.
    ///
    /// A choice that needs more room than there is gives the largest layout that fits in its place.
    ///
    /// - Parameter hasLog: A log is open: without one its pane is a single line.
    public static func arrange(
        size: Size, zoomed: Bool = false, choice: LayoutChoice? = nil, hasLog: Bool = true, limits: Limits = Limits()
    ) -> Layout {
        let kind = kind(of: size, choice: choice, limits: limits)
        let isNotice = !size.holds(limits.tiny)
        var layout = Layout(kind: kind, isNotice: isNotice, isZoomed: zoomed && kind != .tiny)
        guard !isNotice else {
            layout.main = Rect(x: 0, y: 0, width: size.columns, height: min(1, size.rows))
            return layout
        }
        layout.title = Rect(x: 0, y: 0, width: size.columns, height: 1)
        layout.message = Rect(x: 0, y: size.rows - 2, width: size.columns, height: 1)
        layout.hint = Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1)
        layout.fill(body: Rect(x: 0, y: 1, width: size.columns, height: size.rows - 3), hasLog: hasLog)
        return layout
    }

    private init(kind: Kind, isNotice: Bool, isZoomed: Bool) {
        (self.kind, self.isNotice, self.isZoomed) = (kind, isNotice, isZoomed)
    }

    private static func kind(of size: Size, choice: LayoutChoice?, limits: Limits) -> Kind {
        guard size.holds(limits.narrow) else { return .tiny }
        let largest: Kind = size.holds(limits.wide) ? .wide : size.holds(limits.medium) ? .medium : .narrow
        switch (choice, largest) {
        case (.narrow, _): return .narrow
        case (.medium, .medium), (.medium, .wide): return .medium
        case (.medium, .narrow), (.medium, .tiny), (.wide, _), (nil, _): return largest
        }
    }

    private mutating func fill(body: Rect, hasLog: Bool) {
        // Without a log one line says how to open one.
        let logHeight = hasLog ? body.height * 3 / 8 : 3
        guard !isZoomed else {
            main = body
            return
        }
        switch kind {
        case .tiny:
            let (strip, rest) = body.split(top: 1)
            (tabs, main) = (strip, rest)
        case .narrow:
            // 12 of 21 rows at 80x24: the eight steps, their heading and the last exchange.
            let (above, below) = body.split(top: (body.height * 4 + 6) / 7)
            (main, secondary) = (above, below)
        case .medium:
            let (above, below) = body.split(top: body.height - logHeight)
            let (left, right) = above.split(left: above.width * 7 / 12)
            (main, log) = (left, below)
            share(right)
        case .wide:
            let (above, below) = body.split(top: body.height - logHeight)
            let side = above.width * 31 / 100
            let (left, rest) = above.split(left: side)
            let (middle, right) = rest.split(left: rest.width - side)
            let (steps, mail) = left.split(top: max(13, left.height * 3 / 8))
            (main, envelope, transcript, log) = (steps, mail, middle, below)
            share(right)
        }
    }

    private mutating func share(_ column: Rect) {
        let (above, below) = column.split(top: (column.height + 1) / 2)
        (explain, exchangers) = (above, below)
    }
}

extension Size {
    /// Whether it is at least as large in both directions.
    func holds(_ other: Size) -> Bool { columns >= other.columns && rows >= other.rows }
}

extension Rect {
    func split(top height: Int) -> (Rect, Rect) {
        let height = min(max(0, height), self.height)
        return (
            Rect(x: x, y: y, width: width, height: height),
            Rect(x: x, y: y + height, width: width, height: self.height - height)
        )
    }

    func split(left width: Int) -> (Rect, Rect) {
        let width = min(max(0, width), self.width)
        return (
            Rect(x: x, y: y, width: width, height: height),
            Rect(x: x + width, y: y, width: self.width - width, height: height)
        )
    }
}
