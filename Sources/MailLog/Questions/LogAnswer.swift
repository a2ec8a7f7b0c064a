import MailVocabulary

/// What a log says to a request, with its lines: complete in itself, whatever happens to the log afterwards.
public struct LogAnswer: Hashable, Sendable {
    /// A line as it may be shown.
    public struct Line: Hashable, Sendable {
        public var number: Int
        /// Without secrets. Outside text.
        public var bytes: [UInt8]
        /// False for a line that belongs here by domain and time only.
        public var isCertain: Bool
        /// Its file's place in `LogAnswer.files`.
        public var file: Int

        public init(number: Int, bytes: [UInt8], isCertain: Bool = true, file: Int = 0) {
            (self.number, self.bytes) = (number, LogSecrets.masked(bytes))
            (self.isCertain, self.file) = (isCertain, file)
        }
    }

    /// A message or connection with its lines, or a line alone.
    public struct Row: Hashable, Sendable {
        public var entry: LogEntry?
        public var lines: [Line]

        public init(entry: LogEntry?, lines: [Line]) { (self.entry, self.lines) = (entry, lines) }
    }

    /// The most rows of an answer, and the most lines of all of them together: the newest ones.
    public static let mostRows = 500, mostLines = 50_000

    /// In the order of the log.
    public var rows: [Row]
    /// How many rows there are, those left out included.
    public var total: Int
    /// What the answer rests on, one sentence: `3096 lines from … to …, 99 % understood as Cisco ESA mail log`.
    public var basis: Phrase
    /// Why there are no rows, where more can be said than that.
    public var absence: Phrase?
    /// The paths of the files that were read, the oldest first; empty for what is no file.
    public var files: [String] = []
    /// How many older files of the log there are that the question does not reach back to.
    public var unaskedFiles = 0
    /// Why something of the log could not be read, one sentence each: the answer is that of the rest.
    public var faults: [String] = []
    /// The counts of everybody, where these were asked for.
    public var summary: LogSummary?

    public init(rows: [Row], total: Int, basis: Phrase, absence: Phrase? = nil) {
        (self.rows, self.total, self.basis, self.absence) = (rows, total, basis, absence)
    }
}

/// What comes of a request to a log.
public enum LogAnswerEvent: Hashable, Sendable {
    /// So many of the log's bytes were read.
    case read(UInt64, of: UInt64)
    case answered(LogAnswer)
    /// One sentence: what, where, what to do.
    case failed(String)
}

extension TraceIndex {
    /// The counts of everybody from that moment on.
    public func answer(summarySince since: LogMoment) -> LogAnswer {
        var answer = LogAnswer(rows: [], total: 0, basis: coverage)
        answer.summary = summary(since: since)
        return answer
    }

    /// Answers a question.
    /// - Parameter texts: gets the lines of one trace, and gives what stands in each; empty for one that is gone.
    public func answer(_ question: LogQuestion, _ texts: ([Trace.Line]) -> [[UInt8]]) -> LogAnswer {
        let entries = entries(question)
        var answer = answer(entries, texts)
        answer.basis = coverage(of: question)
        if entries.isEmpty { answer.absence = absence(of: question) }
        return answer
    }

    /// These with their lines.
    func answer(_ entries: [LogEntry], _ texts: ([Trace.Line]) -> [[UInt8]]) -> LogAnswer {
        var (rows, left) = ([LogAnswer.Row](), LogAnswer.mostLines)
        for entry in entries.suffix(LogAnswer.mostRows).reversed() {
            let places = TraceBuilder(graph: graph).trace(entry.root).lines
            if places.count > left { break }
            left -= places.count
            let lines = zip(places, texts(places)).filter { !$1.isEmpty }
                .map { LogAnswer.Line(number: $0.number, bytes: $1, isCertain: $0.link == .id, file: $0.file) }
            rows.append(LogAnswer.Row(entry: entry, lines: lines))
        }
        return LogAnswer(rows: rows.reversed(), total: entries.count, basis: coverage)
    }
}
