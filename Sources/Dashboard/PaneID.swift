/// The panes, in the order of their numbers.
public enum PaneID: Int, Hashable, Sendable, CaseIterable {
    case session = 1
    case explanation = 2
    case exchangers = 3
    case log = 4
    /// Takes the place of others while a walkthrough is on.
    case walkthrough = 5
}

/// What a pane remembers between frames: where it is looked at, never what it shows.
public struct PaneState: Hashable, Sendable {
    /// Index of the selected row, in the log the ordinal of the selected line; `nil` follows the newest.
    public var cursor: Int?
    /// First row shown, for panes that scroll without a cursor.
    public var offset = 0
    /// Columns scrolled to the right.
    public var shift = 0
    /// What is searched for, empty when nothing is.
    public var search = ""

    public init() {}
}
