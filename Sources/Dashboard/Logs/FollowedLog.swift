import Triage

/// A log that is followed: what was asked for, how it goes, and what was read.
public struct FollowedLog: Sendable {
    public enum State: Hashable, Sendable {
        /// Nothing has come of it yet.
        case opening
        case following
        /// There will be no more lines.
        case ended
        /// Cannot be read just now: one sentence. Following goes on and recovers by itself.
        case trouble(String)
    }

    /// Tells the logs of one run apart; never given twice.
    public let id: Int
    /// A path, or `cmd:` and a shell command, as it was asked for.
    public let source: String
    public internal(set) var state = State.opening
    /// `nil` until it is open, and while it is in view: then `Incident.log` holds it.
    var book: LogBook?
    /// How many lines it had when the current session began.
    var mark = 0
    /// Lines that have come while it was out of sight.
    var unseen = 0

    init(id: Int, source: String) { (self.id, self.source) = (id, source) }

    /// True for a file, which can be read as a whole; false for a command's output, the journal, what others send.
    var isFile: Bool {
        source != "-" && !["cmd:", "journal:", "syslog://"].contains { source.hasPrefix($0) }
    }

    /// The last part of a path; a command as it is.
    var name: String {
        !isFile ? source : source.split(separator: "/").last.map(String.init) ?? source
    }
}
