/// The size of a terminal in cells.
public struct Size: Hashable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) { (self.columns, self.rows) = (columns, rows) }
}

/// What the screen shows, as meanings: comparable, printable, drawn into by value.
public struct Frame: Hashable, Sendable {
    public let size: Size

    public init(_ size: Size) { self.size = size }
}
