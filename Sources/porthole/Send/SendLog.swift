import MailLog
import MailVocabulary
import SMTP
import Triage
import Wire

/// The server's logs while a session of `send` runs: followed from before the connection on, asked afterwards.
actor SendLog {
    /// What the logs had to say in the end.
    struct Answer {
        var found: SessionTrace?
        /// The lines of the trace, as far as they are kept, in its order.
        var texts: [[UInt8]] = []
        var state = SessionTrace.State.open
        /// Why nothing was found; one sentence.
        var absence: Phrase = ""
    }

    private let sources: [LogSource]
    private let names: [String]
    private let patience: Duration
    private var books: [LogBook]
    private var opened: Set<Int> = []
    private var troubles: [Int: String] = [:]
    private var hasNews = false
    private var reading: Task<Void, Never>?

    init(_ sources: [LogSource], named names: [String], format: String?, patience: Duration) {
        (self.sources, self.names, self.patience) = (sources, names, patience)
        books = names.map { LogBook(name: $0, format: format) }
    }

    /// Begins to follow. Returns when every log stands at its end, so that no line of the session can be missed; one that
    /// does not come says so, and is not waited for.
    func begin() async {
        let events = LogSources(sources).events(from: .tail(0))
        reading = Task { for await (place, event) in events { take(event, of: place) } }
        let limit = ContinuousClock.now + .seconds(2)
        while opened.count < sources.count, ContinuousClock.now < limit { try? await Task.sleep(for: .milliseconds(5)) }
        for (_, sentence) in troubles.sorted(by: { $0.key < $1.key }) { Output.complain(sentence) }
    }

    /// What became of the session, when the logs know it, or the patience is at its end.
    func answer(to record: SessionRecord) async -> Answer {
        let (taken, limit) = (record.recipientsTaken, ContinuousClock.now + patience)
        var found: (place: Int, trace: SessionTrace)?
        // The last lines of a message say more than the one that settles it.
        var settledAt: ContinuousClock.Instant?
        hasNews = true
        while true {
            if hasNews {
                hasNews = false
                found = find(record)
                settledAt = found?.trace.isSettled(taken: taken) == true ? ContinuousClock.now : nil
            }
            let now = ContinuousClock.now
            if let settledAt, now - settledAt > .milliseconds(200) { break }
            if now >= limit { break }
            try? await Task.sleep(for: .milliseconds(20))
        }
        reading?.cancel()
        guard let found else { return Answer(absence: absence(of: record)) }
        return Answer(
            found: found.trace, texts: texts(of: found.trace.trace.lines, in: books[found.place]),
            state: found.trace.state(taken: taken))
    }

    private func take(_ event: LogSourceEvent, of place: Int) {
        switch event {
        case .opened: if !isFile(place) { opened.insert(place) }
        case .caughtUp: opened.insert(place)
        case .gap(let sentence), .trouble(let sentence):
            opened.insert(place)
            troubles[place] = sentence
        case .lost(let bytes):
            Output.complain("\(bytes) bytes of \(names[place]) were lost before anybody could read them")
        case .lines, .block: hasNews = true
        case .rotated, .truncated, .ended: break
        }
        // What was read of a log that is written anew is still what happened.
        if event != .truncated { books[place].take(event) }
    }

    private func isFile(_ place: Int) -> Bool { if case .file = sources[place] { true } else { false } }

    /// What is certain in one log goes before what is likely in another.
    private func find(_ record: SessionRecord) -> (place: Int, trace: SessionTrace)? {
        let all = books.indices.compactMap { place in
            record.find(in: books[place].index).map { (place: place, trace: $0) }
        }
        return all.first { $0.trace.isCertain } ?? all.first
    }

    private func texts(of lines: [Trace.Line], in book: LogBook) -> [[UInt8]] {
        var wanted = Set(lines.map { $0.offset })
        var found: [UInt64: [UInt8]] = [:]
        for line in book.lines.reversed() where wanted.remove(line.offset) != nil { found[line.offset] = line.bytes }
        return lines.map { found[$0.offset] ?? [] }
    }

    private func absence(of record: SessionRecord) -> Phrase {
        if let trouble = troubles.min(by: { $0.key < $1.key }) { return Phrase(said: trouble.value) }
        let lines = books.reduce(0) { $0 + $1.lineCount }
        let ids = record.lastAcceptanceIDs.map(\.description)
        let what: Phrase = ids.isEmpty ? "this session" : Phrase(quoting: ids.joined(separator: ", "))
        let seen: Phrase =
            lines == 0
            ? "it has no new line"
            : lines == 1 ? "its one new line is not about it" : "none of its \(lines) new lines is about it"
        let seconds = Double(patience.components.seconds) + Double(patience.components.attoseconds) / 1e18
        let limit = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
        return "\(what) did not come up in \(names.joined(separator: ", ")) within \(limit) s: \(seen)"
    }
}
