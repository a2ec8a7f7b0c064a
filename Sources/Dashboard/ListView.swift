import Canvas

/// Where a list that fills the screen is looked at: the chosen entry and the first row in sight.
public struct ListView: Hashable, Sendable {
    public var cursor = 0
    public var offset = 0

    public init(cursor: Int = 0) { self.cursor = cursor }

    /// Moves by a key.
    /// - Parameters:
    ///   - count: The entries there are.
    ///   - page: The rows in sight.
    ///   - total: The rows there are.
    /// - Returns: false when the key is not one of moving.
    mutating func take(_ key: Key, count: Int, page: Int, total: Int) -> Bool {
        switch key {
        case .up, .character("k"): cursor -= 1
        case .down, .character("j"): cursor += 1
        case .home, .character("g"): (cursor, offset) = (0, 0)
        case .end, .character("G"): (cursor, offset) = (count - 1, max(0, total - page))
        case .pageDown, .character(" "):
            offset = min(offset + page - 1, max(0, total - page))
            return true
        case .pageUp:
            offset = max(0, offset - page + 1)
            return true
        case _: return false
        }
        cursor = min(max(0, cursor), max(0, count - 1))
        return true
    }

    /// Brings rows `first` to `last` into sight.
    mutating func show(_ first: Int, _ last: Int, page: Int) {
        if first < offset { offset = first }
        if last >= offset + page { offset = last - page + 1 }
    }
}
