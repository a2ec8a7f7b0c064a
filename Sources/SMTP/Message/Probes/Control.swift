extension SmugglingProbe {
    /// The control: RFC 5321 §4.1.1.4. A server that does not take two messages here hides the answer to every other probe.
    static let control = SmugglingProbe(
        "control", .falseEnd([0x0D, 0x0A, 0x2E, 0x0D, 0x0A]),
        "the true end of every message: each server must take two, or it stops commands that come too early")
}
