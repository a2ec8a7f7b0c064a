extension SmugglingProbe {
    /// RFC 5322 §4 forbids NUL; who drops it silently makes another text.
    static let endNulDotEnd = SmugglingProbe(
        "crlf-nul-dot-crlf", .falseEnd([0x0D, 0x0A, 0x00, 0x2E, 0x0D, 0x0A]),
        "becomes a true end where NUL is dropped before lines are read")
}
