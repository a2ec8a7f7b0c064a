extension SmugglingProbe {
    /// CVE-2023-51764, CVE-2023-51765, CVE-2023-51766.
    static let lineFeedDotEnd = SmugglingProbe(
        "lf-dot-crlf", .falseEnd([0x0A, 0x2E, 0x0D, 0x0A]),
        "the sequence of the first reports: Postfix before 3.8.4, sendmail before 8.18, Exim before 4.97.1")
}
