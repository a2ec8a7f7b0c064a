extension Frame {
    /// A stretch of cells in one row.
    public struct Run: Hashable, Sendable {
        /// The first column.
        public var x: Int
        /// The row.
        public var y: Int
        /// In cells.
        public var width: Int
    }

    /// The cells that are not as they were; all of them without an older frame or with one of another size.
    ///
    /// A run never begins or ends inside a wide glyph of the new frame, so that it can be painted as it is.
    public func differences(from old: Frame?) -> [Run] {
        guard size.columns > 0 else { return [] }
        guard let old, old.size == size else {
            return (0..<size.rows).map { Run(x: 0, y: $0, width: size.columns) }
        }
        var runs: [Run] = []
        for y in 0..<size.rows {
            let start = y * size.columns
            var x = 0
            while x < size.columns {
                guard cells[start + x] != old.cells[start + x] else {
                    x += 1
                    continue
                }
                var first = x
                if cells[start + x].glyph.width == 0, x > 0 { first -= 1 }
                while x < size.columns, cells[start + x] != old.cells[start + x] { x += 1 }
                while x < size.columns, cells[start + x].glyph.width == 0 { x += 1 }
                runs.append(Run(x: first, y: y, width: x - first))
            }
        }
        return runs
    }
}
