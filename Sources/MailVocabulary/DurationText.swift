extension Duration {
    /// Whole milliseconds, cut.
    public var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }

    /// `412 ms`, `31.4 s` or `204 s`: the way times are written everywhere.
    public var brief: String {
        let milliseconds = milliseconds
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let tenths = (milliseconds + 50) / 100
        return milliseconds < 100_000 ? "\(tenths / 10).\(tenths % 10) s" : "\(milliseconds / 1000) s"
    }
}
