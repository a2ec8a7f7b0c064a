import MailLog

/// What was asked of whole logs, and how far the answer is.
public struct AskedLog: Hashable, Sendable {
    enum State: Hashable {
        /// It comes after the others.
        case waiting
        /// Bytes of the log that were read, of all that it has.
        case reading(UInt64, of: UInt64)
        case answered(LogAnswer)
        /// One sentence.
        case failed(String)
    }

    /// One of the logs that are asked, in the order of asking.
    struct Part: Hashable {
        /// As the log's source was given.
        let source: String
        /// As titles name it.
        let name: String
        let isFile: Bool
        var state = State.waiting
    }

    /// A row of the answer, and of which log it is.
    struct Found: Hashable {
        let part: Int
        let row: LogAnswer.Row
    }

    /// Tells the questions of one run apart: what comes of an old one is passed over.
    let number: Int
    let request: LogRequest
    /// As it was typed.
    let words: String
    var parts: [Part]

    /// What was found, in the order of the parts.
    var rows: [Found] {
        parts.enumerated().flatMap { place, part in
            part.state.answer?.rows.map { Found(part: place, row: $0) } ?? []
        }
    }

    /// How many rows there are, those left out included.
    var total: Int { parts.reduce(0) { $0 + ($1.state.answer?.total ?? 0) } }

    /// The part that is being read now.
    var current: Int? { parts.firstIndex { if case .reading = $0.state { true } else { false } } }

    /// Whether every log has answered, or failed to.
    var isDone: Bool {
        parts.allSatisfy {
            switch $0.state {
            case .answered, .failed: true
            case .waiting, .reading: false
            }
        }
    }

    /// How a file is named beside its rows: nothing where there is no other one.
    func name(of file: Int, in part: Int) -> String {
        guard parts.indices.contains(part), let files = parts[part].state.answer?.files, files.count > 1,
            files.indices.contains(file)
        else { return "" }
        return files[file].split(separator: "/").last.map(String.init) ?? files[file]
    }
}

extension AskedLog.State {
    var answer: LogAnswer? {
        switch self {
        case .answered(let answer): answer
        case .waiting, .reading, .failed: nil
        }
    }
}

/// Where one is in the answer: in the list, or in the lines of one of its rows.
public struct AskedView: Hashable, Sendable {
    var list = ListView()
    /// The place of the row whose lines are shown.
    var opened: Int?
    var lines = ListView()
    /// It was opened from a line of the log, and what is shown is the trace of that line: Esc goes back to the line.
    var isOfLine = false
}
