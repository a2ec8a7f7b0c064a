/// The system's own reader of its journal.
enum JournalCommand {
    /// - Parameters:
    ///   - unit: whose entries are wanted; nothing for the mail facility (2, RFC 5424 §6.2.1).
    ///   - follows: whether it goes on with what comes, after the newest entries; else it gives all that there are.
    static func arguments(unit: String?, follows: Bool) -> [String] {
        ["journalctl", "--output=export", "--no-pager", "--quiet"] + (follows ? ["--follow", "--lines=1000"] : [])
            + (unit.map { ["--unit=\($0)"] } ?? ["SYSLOG_FACILITY=2"])
    }
}
