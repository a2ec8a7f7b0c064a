extension Duration {
    /// As a reader would say it: `0.3 ms`, `38 ms`, `20.0 s`.
    var words: String {
        let microseconds = components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        if microseconds < 1000 { return "0.\(microseconds / 100) ms" }
        if microseconds < 999_500 { return "\((microseconds + 500) / 1000) ms" }
        let tenths = (microseconds + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
