extension SmugglingProbe {
    /// One message, no false end: what becomes of CR without LF.
    static let bareReturn = SmugglingProbe(
        "bare-cr", .content([0x0D]),
        "RFC 5321 §2.3.8 forbids it: a server refuses it, makes a line end of it, or passes it on to the next")
}
