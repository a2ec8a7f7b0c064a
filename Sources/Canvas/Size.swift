/// The size of a terminal in cells.
public struct Size: Hashable, Sendable {
    /// Cells in a row.
    public var columns: Int
    /// Rows of cells.
    public var rows: Int

    /// Negative numbers count as none.
    public init(columns: Int, rows: Int) { (self.columns, self.rows) = (max(0, columns), max(0, rows)) }

    /// The whole screen.
    public var rect: Rect { Rect(x: 0, y: 0, width: columns, height: rows) }
}
