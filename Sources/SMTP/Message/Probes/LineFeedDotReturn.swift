extension SmugglingProbe {
    /// Both bare line ends in one sequence.
    static let lineFeedDotReturn = SmugglingProbe(
        "lf-dot-cr", .falseEnd([0x0A, 0x2E, 0x0D]),
        "taken by servers that end a line at LF and at CR")
}
