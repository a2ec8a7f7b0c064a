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

extension SessionPlan {
    /// The plan as one line, without its end.
    var journalLine: String {
        var line = JournalWriter()
        line.word("plan")
        switch target.destination {
        case .host(let name):
            line.word("host")
            line.text(name)
        case .domain(let name):
            line.word("domain")
            line.text(name)
        }
        line.number(target.port)
        line.flag(target.implicitTLS)
        line.optional(target.recipient) {
            $0.text($1.localPart)
            $0.text($1.domain)
        }
        line.text(helloName)
        line.text(reversePath)
        line.list(recipients) {
            $0.text($1.forwardPath)
            $0.list($1.notify) { $0.word($1.rawValue) }
        }
        line.word(tls.rawValue)
        line.stage(stopAfter)
        for field in [message.subject, message.body, message.date, message.messageID] { line.text(field) }
        for limit in deadlines.all { line.time(limit) }
        return line.line
    }

    /// Reads `journalLine` back.
    init?(journalLine: some StringProtocol) {
        do throws(JournalReader.Unreadable) {
            var line = JournalReader(journalLine)
            guard try line.word() == "plan" else { return nil }
            let isDomain = try line.value { $0 == "domain" ? true : $0 == "host" ? false : nil }
            let name = try line.text()
            let (port, implicitTLS) = (try line.number(), try line.flag())
            let recipient = try line.optional { (line) throws(JournalReader.Unreadable) in
                Mailbox(localPart: try line.text(), domain: try line.text())
            }
            let (hello, reversePath) = (try line.text(), try line.text())
            let recipients = try line.list { (line) throws(JournalReader.Unreadable) in
                let path = try line.text()
                let notify = try line.list { (line) throws(JournalReader.Unreadable) in
                    try line.value { Recipient.Notify(rawValue: $0) }
                }
                return Recipient(path, notify: notify)
            }
            let policy = try line.value { TLSPolicy(rawValue: $0) }
            let stopAfter = try line.stage()
            let message = TestMessage(
                subject: try line.text(), body: try line.text(), date: try line.text(), messageID: try line.text())
            var deadlines = ReplyDeadlines()
            for limit in ReplyDeadlines.paths { deadlines[keyPath: limit] = try line.time() }
            self.init(
                target: SessionTarget(
                    isDomain ? .domain(name) : .host(name), port: port, implicitTLS: implicitTLS, recipient: recipient),
                helloName: hello, reversePath: reversePath, recipients: recipients, tls: policy, stopAfter: stopAfter,
                message: message, deadlines: deadlines)
        } catch { return nil }
    }
}

extension ReplyDeadlines {
    /// In the order of the journal.
    fileprivate static var paths: [WritableKeyPath<ReplyDeadlines, Duration>] {
        [\.connect, \.greeting, \.command, \.data, \.endOfData, \.tlsHandshake, \.quit, \.warnAfter]
    }

    fileprivate var all: [Duration] { Self.paths.map { self[keyPath: $0] } }
}
