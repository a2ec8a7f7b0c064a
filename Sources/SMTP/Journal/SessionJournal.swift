import MailVocabulary

/// A session as a file that can be opened again: what the session was to do, then one line for each event.
///
///     porthole session 1
///     plan⇥host⇥'mx1.example.test⇥25 …
///     0:443000000000000000⇥sent⇥EHLO⇥'EHLO probe.example.net⇥no
///
/// Fields are divided by tabs; free text begins with an apostrophe and is printable ASCII, other bytes written as `\x1b`. A line
/// is whole or absent: it is written as it happens, in one piece.
public struct SessionJournal: Hashable, Sendable {
    /// The first line of every journal.
    public static let version = "porthole session 1"

    public let plan: SessionPlan
    public let events: [SessionEvent]
    /// Lines that could not be read, such as a last one that was cut by a crash.
    public let unreadableLines: Int

    /// Opens the text of a journal; `nil` when it is none, or one of another version.
    public init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard lines.first.map({ $0 == Self.version }) == true, lines.count > 1,
            let plan = SessionPlan(journalLine: lines[1])
        else { return nil }
        let read = lines.dropFirst(2).map { SessionEvent(journalLine: $0) }
        self.plan = plan
        events = read.compactMap { $0 }
        unreadableLines = read.count { $0 == nil }
    }

    /// What a journal begins with, each line ended by a line feed.
    public static func header(_ plan: SessionPlan) -> String { version + "\n" + plan.journalLine + "\n" }

    /// One event, ended by a line feed.
    public static func line(_ event: SessionEvent) -> String { event.journalLine + "\n" }

    /// The session as it stood when the journal ended.
    public var record: SessionRecord {
        var record = SessionRecord(plan: plan)
        for event in events { record.append(event) }
        return record
    }
}
