extension SmugglingProbe {
    /// A bare CR before the dot, a proper end behind it.
    static let returnDotEnd = SmugglingProbe(
        "cr-dot-crlf", .falseEnd([0x0D, 0x2E, 0x0D, 0x0A]),
        "taken by servers that end a line at CR; a gateway that cleans up a bare CR makes it a true end")
}
