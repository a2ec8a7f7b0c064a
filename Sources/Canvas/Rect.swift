/// A part of the screen in cells, from its top left corner.
public struct Rect: Hashable, Sendable {
    /// The first column.
    public var x: Int
    /// The first row.
    public var y: Int
    /// In columns.
    public var width: Int
    /// In rows.
    public var height: Int

    /// Negative sizes count as none.
    public init(x: Int, y: Int, width: Int, height: Int) {
        (self.x, self.y, self.width, self.height) = (x, y, max(0, width), max(0, height))
    }

    /// Nowhere.
    public static let none = Rect(x: 0, y: 0, width: 0, height: 0)

    /// Whether no cell is in it.
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// The first row below it.
    public var maxY: Int { y + height }

    /// The first column to its right.
    public var maxX: Int { x + width }

    /// The inside of its border.
    public var inset: Rect { Rect(x: x + 1, y: y + 1, width: width - 2, height: height - 2) }

    /// Whether the two share a cell.
    public func overlaps(_ other: Rect) -> Bool {
        !isEmpty && !other.isEmpty && x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}
