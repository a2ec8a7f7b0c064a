extension SmugglingProbe {
    /// The sequence that passed a filtering gateway whose setting for bare CR and LF was to clean them.
    static let endDotReturn = SmugglingProbe(
        "crlf-dot-cr", .falseEnd([0x0D, 0x0A, 0x2E, 0x0D]),
        "becomes a true end behind a gateway that turns a bare CR into CRLF, as Cisco's does when it is set to clean")
}
