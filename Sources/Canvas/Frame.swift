/// What the screen shows, as meanings: comparable, printable, drawn into by value.
///
/// Nothing drawn outside the frame, or outside the width that a call was given, does anything.
public struct Frame: Hashable, Sendable {
    /// A cell's place, from the top left corner.
    public struct Position: Hashable, Sendable {
        /// The column.
        public var x: Int
        /// The row.
        public var y: Int

        /// A place.
        public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
    }

    /// Its size; fixed.
    public let size: Size
    /// Row after row, `size.columns` in each.
    public private(set) var cells: [Cell]
    /// Where the terminal's own cursor stands, for screen readers and prompts. Drawing a selected row puts it on that
    /// row; whoever draws last, or sets it after drawing, decides.
    public var cursor: Position?

    /// A blank frame.
    public init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    /// The cell at a place inside the frame.
    public subscript(x: Int, y: Int) -> Cell { cells[y * size.columns + x] }

    /// Draws one line: the spans from the left, cut with a `>` where the trailing ones need the room.
    ///
    /// Glyphs that stand for control characters get the role `text.control` whatever their span's role is.
    public mutating func draw(_ row: Row, at y: Int, x: Int, width: Int) {
        guard y >= 0, y < size.rows, width > 0 else { return }
        if row.isSelected {
            fill(Rect(x: x, y: y, width: width, height: 1), .selection, isSelected: true)
            cursor = Position(x: min(max(x, 0), size.columns - 1), y: y)
        }
        let trailingWidth = min(width, row.trailing.reduce(0) { $0 + $1.text.width })
        // One blank keeps the two apart.
        let room = trailingWidth == 0 ? width : max(0, width - trailingWidth - 1)
        put(row.spans, x: x, y: y, room: room, isSelected: row.isSelected)
        put(
            row.trailing, x: x + width - trailingWidth, y: y, room: trailingWidth, isSelected: row.isSelected)
    }

    /// Makes an area blank in one role.
    public mutating func fill(_ rect: Rect, _ role: Role = .text) { fill(rect, role, isSelected: false) }

    /// Draws a border with its titles in the top line.
    ///
    /// ```text
    /// ┌─ 2 Explain ─────────── permanent failure ─┐
    /// ```
    /// Title and tail get a blank on either side; the title is cut first when both do not fit.
    public mutating func box(
        _ rect: Rect, title: [Span], trailing: [Span] = [], focused: Bool = false, borders: Borders = .unicode
    ) {
        guard rect.width > 1, rect.height > 1 else { return }
        let pieces = borders.pieces(focused: focused)
        let role: Role = focused ? .borderFocus : .border
        let (left, right, top, bottom) = (rect.x, rect.maxX - 1, rect.y, rect.maxY - 1)
        for x in left...right {
            set(Cell(glyph: pieces.horizontal, role: role, isSelected: false), x: x, y: top)
            set(Cell(glyph: pieces.horizontal, role: role, isSelected: false), x: x, y: bottom)
        }
        for y in top...bottom {
            set(Cell(glyph: pieces.vertical, role: role, isSelected: false), x: left, y: y)
            set(Cell(glyph: pieces.vertical, role: role, isSelected: false), x: right, y: y)
        }
        for (glyph, x, y) in [
            (pieces.topLeft, left, top), (pieces.topRight, right, top),
            (pieces.bottomLeft, left, bottom), (pieces.bottomRight, right, bottom),
        ] {
            set(Cell(glyph: glyph, role: role, isSelected: false), x: x, y: y)
        }
        // Corner and one line piece stay visible on both sides.
        let room = rect.width - 4
        let tail = Self.labelled(trailing, room: room)
        let head = Self.labelled(title, room: room - tail.width - (tail.width > 0 ? 1 : 0))
        put(head.spans, x: left + 2, y: top, room: head.width, isSelected: false)
        put(tail.spans, x: right - 1 - tail.width, y: top, room: tail.width, isSelected: false)
    }

    /// The spans with a blank on either side, if at least one column of them can be seen.
    private static func labelled(_ spans: [Span], room: Int) -> (spans: [Span], width: Int) {
        let width = spans.reduce(0) { $0 + $1.text.width }
        guard width > 0, room >= 3, let first = spans.first, let last = spans.last else { return ([], 0) }
        let inner = min(width, room - 2)
        var text: [Span] = []
        var left = inner
        for span in spans where left > 0 {
            let part =
                span.text.width > left || (span.text.width == left && width > inner && span != last)
                ? span.text.clipped(to: left) : span.text
            text.append(Span(part, span.role))
            left -= part.width
        }
        return ([Span(" ", first.role)] + text + [Span(" ", last.role)], inner + 2)
    }

    private mutating func fill(_ rect: Rect, _ role: Role, isSelected: Bool) {
        guard !rect.isEmpty else { return }
        for y in max(0, rect.y)..<max(0, rect.y, min(size.rows, rect.maxY)) {
            for x in max(0, rect.x)..<max(0, rect.x, min(size.columns, rect.maxX)) {
                set(Cell(glyph: .space, role: role, isSelected: isSelected), x: x, y: y)
            }
        }
    }

    /// Writes spans into `room` columns; the last column says `>` when they do not fit.
    private mutating func put(_ spans: [Span], x: Int, y: Int, room: Int, isSelected: Bool) {
        var left = room
        var column = x
        let isCut = spans.reduce(0) { $0 + $1.text.width } > room
        for (index, span) in spans.enumerated() where left > 0 {
            // The last visible column belongs to the mark when anything is cut after it.
            let isLast = index == spans.count - 1
            let text =
                span.text.width > left || (isCut && !isLast && span.text.width == left)
                ? (span.text + "  ").clipped(to: left) : span.text
            for glyph in text.glyphs {
                let role = glyph.isControl ? .control : span.role
                set(Cell(glyph: glyph, role: role, isSelected: isSelected), x: column, y: y)
                column += Int(glyph.width)
            }
            left -= text.width
        }
    }

    /// The only place where a cell changes: keeps the halves of wide glyphs together.
    private mutating func set(_ cell: Cell, x: Int, y: Int) {
        guard y >= 0, y < size.rows, x >= 0, x < size.columns else { return }
        let index = y * size.columns + x
        // What is overwritten may be half of a wide glyph; its other half becomes a blank.
        if cells[index].glyph.width == 0, x > 0 { cells[index - 1].glyph = .space }
        if cells[index].glyph.width == 2, x + 1 < size.columns { cells[index + 1].glyph = .space }
        guard cell.glyph.width == 2 else {
            cells[index] = cell
            return
        }
        guard x + 1 < size.columns else {
            cells[index] = Cell(glyph: .space, role: cell.role, isSelected: cell.isSelected)
            return
        }
        if cells[index + 1].glyph.width == 2, x + 2 < size.columns { cells[index + 2].glyph = .space }
        cells[index] = cell
        cells[index + 1] = Cell(glyph: .rightHalf, role: cell.role, isSelected: cell.isSelected)
    }
}
