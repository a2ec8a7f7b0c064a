/// One cell of a frame.
public struct Cell: Hashable, Sendable {
    /// What stands there; the right half of a wide glyph has the width 0.
    public var glyph: Glyph
    /// What it means.
    public var role: Role
    /// It lies on the selected row: its role keeps the foreground, the selection gives the background.
    public var isSelected: Bool

    /// A blank of ordinary text.
    public static let blank = Cell(glyph: .space, role: .text, isSelected: false)
}
