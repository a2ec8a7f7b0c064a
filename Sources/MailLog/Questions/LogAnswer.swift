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

        public init(number: Int, bytes: [UInt8], isCertain: Bool = true) {
            (self.number, self.bytes, self.isCertain) = (number, LogSecrets.masked(bytes), isCertain)
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
    /// Answers a question.
    /// - Parameter texts: gets the lines of one trace, and gives what stands in each; empty for one that is gone.
    public func answer(_ question: LogQuestion, _ texts: ([Trace.Line]) -> [[UInt8]]) -> LogAnswer {
        let entries = entries(question)
        var (rows, left) = ([LogAnswer.Row](), LogAnswer.mostLines)
        for entry in entries.suffix(LogAnswer.mostRows).reversed() {
            let places = TraceBuilder(graph: graph).trace(entry.root).lines
            if places.count > left { break }
            left -= places.count
            let lines = zip(places, texts(places)).filter { !$1.isEmpty }
                .map { LogAnswer.Line(number: $0.number, bytes: $1, isCertain: $0.link == .id) }
            rows.append(LogAnswer.Row(entry: entry, lines: lines))
        }
        let absence = entries.isEmpty ? absence(of: question) : nil
        return LogAnswer(rows: rows.reversed(), total: entries.count, basis: coverage(of: question), absence: absence)
    }
}
