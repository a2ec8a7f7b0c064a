import MailLog

extension LogRecord {
    /// The words without the id that stands in a column of its own.
    var withoutID: String {
        guard let id = keys.first?.description, text.hasPrefix(id) else { return text }
        let rest = text.dropFirst(id.count).drop { $0 == " " || $0 == ":" }
        return rest.isEmpty ? text : String(rest)
    }

    /// Lines that the writer itself calls out.
    var isWarning: Bool { ["Warning", "Critical", "warning", "error", "fatal", "panic"].contains(level) }
}
