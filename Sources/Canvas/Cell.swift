/// One cell of a frame.
public struct Cell: Hashable, Sendable {
    public var glyph: Glyph
    public var role: Role
    /// It lies on the selected row: its role keeps the foreground, the selection gives the background.
    public var isSelected: Bool

    /// A blank of ordinary text.
    public static let blank = Cell(glyph: .space, role: .text, isSelected: false)
}
