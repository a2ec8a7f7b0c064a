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
        let (shown, builder) = (entries.suffix(LogAnswer.mostRows), TraceBuilder(graph: graph))
        var (places, left) = ([TraceFinder.Root: [Trace.Line]](), LogAnswer.mostLines)
        // Many messages may have come over one connection: its lines are theirs together.
        for entry in shown.reversed() where places[entry.root] == nil {
            let lines = builder.trace(entry.root).lines.prefix(left)
            left -= lines.count
            places[entry.root] = Array(lines)
        }
        // All at once: a packed log is unpacked again for its lines.
        let wanted = places.values.flatMap { $0 }
        let found = Dictionary(zip(wanted, texts(wanted)), uniquingKeysWith: { first, _ in first })
        let rows = shown.map { entry in
            let lines = (places[entry.root] ?? []).compactMap { place in
                found[place].flatMap { bytes in
                    bytes.isEmpty
                        ? nil
                        : LogAnswer.Line(
                            number: place.number, bytes: bytes, isCertain: place.link == .id, file: place.file)
                }
            }
            return LogAnswer.Row(entry: entry, lines: lines)
        }
        return LogAnswer(rows: rows, total: entries.count, basis: coverage)
    }
}
