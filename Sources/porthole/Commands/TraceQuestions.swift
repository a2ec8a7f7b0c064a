import ArgumentParser
import MailLog
import MailVocabulary

/// The questions that have a list or numbers for an answer: `porthole trace --list`, `--summary`.
struct TraceQuestions: ParsableArguments {
    @Flag(help: "One line a message, and one a connection that brought none, instead of their log lines.")
    var list = false

    @Flag(help: "What the log says of everybody: verdicts, refusals by reason, top senders, slow connections.")
    var summary = false

    @Option(
        help: """
            Only what began so long before the log's last line (30m, 2h, 1d) or then ('10:00', '02-02 10:00', '2026-02-02 10:00').
            """)
    var since: String?

    @Option(help: "Only what began before then; as --since.")
    var until: String?

    @Option(
        help:
            "Only this verdict or outcome: bounced, delayed-pending, hat-rejected, …; several with commas between them."
    )
    var verdict: String?

    @Option(help: "Only replies and reasons with this code, or of this class: 550, 5.1.1, 4xx, 5.7.x.")
    var reply: String?

    @Option(help: "At most this many rows or traces, the latest; of --summary, rows of each table.")
    var limit: Int?

    var isAsked: Bool { list || summary }
    /// Whether not everything that a needle finds is wanted.
    var isFiltered: Bool { since != nil || until != nil || verdict != nil || reply != nil || limit != nil }

    /// The question, with its conditions.
    func question(_ needle: String?) -> LogQuestion {
        LogQuestion(
            needle: needle, verdict: verdict, reply: reply, since: since.flatMap { LogMoment($0) },
            until: until.flatMap { LogMoment($0) })
    }

    func validate() throws {
        if list, summary { throw ValidationError("--list and --summary are two questions: ask one") }
        if summary, verdict != nil || reply != nil {
            throw ValidationError("--verdict and --reply go with --list")
        }
        if let reply, !LogQuestion.isReply(reply) {
            throw ValidationError("--reply is a code (550, 5.1.1) or a class of codes (4xx, 5.7.x), not '\(reply)'")
        }
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1, not \(limit)") }
        for (option, text) in [("--since", since), ("--until", until)] {
            if let text, LogMoment(text) == nil {
                throw ValidationError(
                    "\(option) is how long before the log's last line (90s, 30m, 2h, 1d) or a time on the log's clock "
                        + "(10:00, 02-02, 2026-02-02, '2026-02-02 10:00'), not '\(text)'")
            }
        }
    }

    /// What else to ask when nothing was found of a needle that looks like the code of a reply.
    static func hint(about needle: String) -> Phrase? {
        let isCode = EnhancedStatusCode(needle) != nil || needle.utf8.count == 3 && "245".contains(needle.prefix(1))
        guard isCode, needle.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
        return "a reply's code is asked for with --list --reply \(needle)"
    }

    /// Answers from logs that were read.
    func answer(_ needle: String?, _ logs: TraceLogs, json: Bool, _ say: PlainWords) throws {
        if summary {
            let most = limit ?? 10
            let (since, until) = (question(nil).since, question(nil).until)
            let found = logs.index.summary(since: since, until: until, most: most)
            if json { return try Output.json(SummaryJSON(found, logs.index)) }
            return SummaryText(say).lines(found, logs.index).forEach(Output.line)
        }
        let question = question(needle)
        let rows = logs.index.entries(question)
        let shown = limit.map { rows.suffix($0) } ?? rows[...]
        if json {
            for row in shown { try Output.json(EntryJSON(row)) }
            return
        }
        if rows.isEmpty, let absence = logs.index.absence(of: question) {
            Output.line(say(absence))
            needle.flatMap { Self.hint(about: $0) }.map { Output.line(say($0)) }
            return
        }
        for row in shown { Output.line(EntryText.line(row, say)) }
        let messages = rows.count { $0.outcome != nil }
        let more: Phrase = shown.count < rows.count ? ", the last \(shown.count) shown" : ""
        let silent = rows.count - messages
        Output.line(
            say(
                "\(messages.messages) and \(silent) connections without one\(more); \(logs.index.coverage(of: question))"
            ))
    }
}

extension Int {
    /// `1 message`, `2 messages`
    var messages: Phrase { self == 1 ? "1 message" : "\(self) messages" }
    /// `1 connection`, `2 connections`
    var connections: Phrase { self == 1 ? "1 connection" : "\(self) connections" }
    /// `1 client`, `2 clients`
    var clients: Phrase { self == 1 ? "1 client" : "\(self) clients" }
}
