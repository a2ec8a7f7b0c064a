extension SmugglingProbe {
    /// Half of the pair of CVE-2023-51764: a proper line, and a dot that is ended by LF.
    static let endDotLineFeed = SmugglingProbe(
        "crlf-dot-lf", .falseEnd([0x0D, 0x0A, 0x2E, 0x0A]),
        "taken by servers that want CRLF before the dot and not behind it")
}
