import MailLog

/// What was asked of a whole log, and how far the answer is.
public struct AskedLog: Hashable, Sendable {
    enum State: Hashable {
        /// Bytes of the log that were read, of all that it has.
        case reading(UInt64, of: UInt64)
        case answered(LogAnswer)
        /// One sentence.
        case failed(String)
    }

    /// Tells the questions of one run apart: what comes of an old one is passed over.
    let number: Int
    let request: LogRequest
    /// As the log's source was given.
    let source: String
    /// As it was typed.
    let words: String
    var state: State

    var rows: [LogAnswer.Row] {
        switch state {
        case .answered(let answer): answer.rows
        case .reading, .failed: []
        }
    }

    /// How much was read, in per cent.
    var percent: Int? {
        switch state {
        case .reading(let read, let size): size == 0 ? 0 : Int(read * 100 / size)
        case .answered, .failed: nil
        }
    }
}

/// Where one is in the answer: in the list, or in the lines of one of its rows.
public struct AskedView: Hashable, Sendable {
    var list = ListView()
    /// The place of the row whose lines are shown.
    var opened: Int?
    var lines = ListView()
}
