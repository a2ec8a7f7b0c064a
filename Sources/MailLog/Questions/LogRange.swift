import MailVocabulary

/// The stretch of time that a question is about, on the log's own clock.
struct LogRange {
    private let newest: Timestamp
    private let since: Timestamp?
    private let until: Timestamp?
    /// Ages in seconds before the newest line.
    private let oldest: Int64
    private let youngest: Int64

    /// - Parameter window: of the log, whose last stamp "the last 30 minutes" are counted from.
    init(_ question: LogQuestion, in window: LogWindow?) {
        let window = window ?? LogWindow(from: Timestamp(seconds: 0), to: Timestamp(seconds: 0))
        newest = window.to
        func stamp(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds, hasYear: window.to.hasYear) }
        since = question.since.map { stamp($0.start(in: window)) }
        until = question.until.map { stamp($0.end(in: window)) }
        oldest = since.map { Timestamp.age(of: $0.seconds, newest: window.to) } ?? .max
        youngest = until.map { Timestamp.age(of: $0.seconds, newest: window.to) } ?? .min
    }

    func contains(_ seconds: Int64) -> Bool {
        let age = Timestamp.age(of: seconds, newest: newest)
        return age <= oldest && age > youngest
    }

    /// Where it begins, and where it ends: nothing where the question leaves it open.
    var bounds: (since: Timestamp?, until: Timestamp?) { (since, until) }

    /// `from 2026-02-02 23:50:00 on`; nothing for a question about all of the time.
    var phrase: Phrase? {
        switch (since, until) {
        case (nil, nil): nil
        case (let since?, nil): "from \(since.dateAndTime) on"
        case (nil, let until?): "before \(until.dateAndTime)"
        case (let since?, let until?): "from \(since.dateAndTime) to \(until.dateAndTime)"
        }
    }
}
