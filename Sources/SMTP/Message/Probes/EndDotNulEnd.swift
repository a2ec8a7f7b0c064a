extension SmugglingProbe {
    /// A line whose first octet is a dot and whose second is NUL.
    static let endDotNulEnd = SmugglingProbe(
        "crlf-dot-nul-crlf", .falseEnd([0x0D, 0x0A, 0x2E, 0x00, 0x0D, 0x0A]),
        "becomes a true end where NUL is dropped before lines are read, or ends a C string")
}
