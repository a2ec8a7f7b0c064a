/// What a scalar does to a line of cells; the raw values are those of `WidthTable`.
enum ScalarClass: UInt32 {
    /// Joins the glyph before it: combining marks, vowels and finals of Hangul jamo.
    case mark = 0
    /// One column.
    case narrow = 1
    /// Two columns: East Asian Wide and Fullwidth.
    case wide = 2
    /// Shown as nothing: joiners, zero-width spaces, variation selectors.
    case dropped = 3
    /// Shown as U+FFFD: controls of direction, tags, private and unassigned code points.
    case replaced = 4

    init(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x7F, value >= 0x20 {
            self = .narrow
            return
        }
        var low = 0
        var high = WidthTable.entries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if WidthTable.entries[middle] >> 3 <= value { low = middle } else { high = middle }
        }
        self = ScalarClass(rawValue: WidthTable.entries[low] & 7) ?? .replaced
    }
}
