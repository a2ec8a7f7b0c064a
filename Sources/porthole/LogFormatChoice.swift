import MailLog

/// The format that `--log-format` forces.
enum LogFormatChoice {
    /// - Throws: `CommandFailure` with the names that there are.
    static func check(_ name: String) throws {
        guard TraceIndex(format: name) == nil else { return }
        let names = LogFormat.all.map { "'\($0.name)'" }.joined(separator: ", ")
        throw CommandFailure("there is no log format \(name); there are \(names)", .usage)
    }
}
