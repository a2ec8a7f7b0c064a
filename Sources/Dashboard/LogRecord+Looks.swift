import MailLog

extension LogRecord {
    /// Lines that the writer itself calls out.
    var isWarning: Bool { ["Warning", "Critical", "warning", "error", "fatal", "panic"].contains(level) }
}
