extension SmugglingProbe {
    /// Harmless where it arrives and an end where it is relayed to: gateways that clean up bare CR make CRLF of it.
    static let returnDotReturn = SmugglingProbe(
        "cr-dot-cr", .falseEnd([0x0D, 0x2E, 0x0D]),
        "becomes a true end behind a gateway that turns a bare CR into CRLF")
}
