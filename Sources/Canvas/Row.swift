/// A stretch of text with one meaning.
public struct Span: Hashable, Sendable {
    /// What it says.
    public var text: PrintableText
    /// What it means.
    public var role: Role

    /// Text of one meaning.
    public init(_ text: PrintableText, _ role: Role = .text) { (self.text, self.role) = (text, role) }
}

/// One line of a pane: spans from left to right, and a right-aligned tail that keeps its room.
public struct Row: Hashable, Sendable {
    /// From the left; cut where the tail needs the room.
    public var spans: [Span]
    /// The tail, from its left end to the right border.
    public var trailing: [Span]
    /// The selected row: it gets the selection's role behind it and the hardware cursor in its first column.
    public var isSelected: Bool

    /// A line of several meanings.
    public init(_ spans: [Span] = [], trailing: [Span] = [], isSelected: Bool = false) {
        (self.spans, self.trailing, self.isSelected) = (spans, trailing, isSelected)
    }

    /// A line of one meaning.
    public init(_ text: PrintableText, _ role: Role = .text) { self.init([Span(text, role)]) }
}
