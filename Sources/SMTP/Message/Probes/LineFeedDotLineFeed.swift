extension SmugglingProbe {
    /// CVE-2023-51764, CVE-2023-51765, CVE-2023-51766.
    static let lineFeedDotLineFeed = SmugglingProbe(
        "lf-dot-lf", .falseEnd([0x0A, 0x2E, 0x0A]),
        "taken by servers that read Unix lines: Postfix before 3.8.4, sendmail before 8.18, Exim before 4.97.1")
}
