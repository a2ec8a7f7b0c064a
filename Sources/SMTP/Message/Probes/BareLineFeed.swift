extension SmugglingProbe {
    /// One message, no false end: what becomes of LF without CR.
    static let bareLineFeed = SmugglingProbe(
        "bare-lf", .content([0x0A]),
        "RFC 5321 §2.3.8 forbids it: a server refuses it, makes a line end of it, or passes it on to the next")
}
