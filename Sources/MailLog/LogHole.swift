import MailVocabulary

/// A time between two files of a log in which not one line was written, out of all proportion to the rest of it.
struct LogHole {
    let from: Timestamp
    let to: Timestamp
    /// Of the files: how many lines, in how many seconds.
    private let rhythm: (lines: Int, seconds: Int64)

    /// A pause between two files is told from this length on, in seconds, when it is also so many times as long as the usual
    /// time from line to line.
    private static let shortest: Int64 = 300, proportion = 100.0
    /// Of fewer lines nobody can say what is usual.
    private static let fewest = 100

    /// The longest one.
    /// - Parameter parts: the log's files, in their order.
    init?(_ parts: [LogPart]) {
        let timed = parts.filter { $0.window != nil }
        guard timed.count > 1 else { return nil }
        let (lines, seconds) = (
            timed.reduce(0) { $0 + $1.lineCount }, timed.reduce(Int64(0)) { $0 + $1.duration }
        )
        var pauses: [(length: Int64, from: Timestamp, to: Timestamp)] = []
        for (one, next) in zip(timed, timed.dropFirst()) {
            guard let from = one.window?.to, let to = next.window?.from, from.hasYear == to.hasYear else { continue }
            let isFilled = timed.contains { LogHole.reaches($0, between: from, and: to) }
            pauses.append((isFilled ? 0 : Timestamp.seconds(from: from.seconds, to: to.seconds), from, to))
        }
        guard let longest = pauses.max(by: { $0.length < $1.length }) else { return nil }
        // Files that are changed every night may all have the night between them.
        let usual = pauses.map(\.length).sorted()[(pauses.count - 1) / 2]
        let pause = timed.map(\.longestPause).max() ?? 0
        guard lines >= LogHole.fewest, longest.length >= LogHole.shortest, longest.length > 2 * pause,
            pauses.count < 3 || longest.length > 3 * usual,
            Double(longest.length) * Double(lines) > Double(seconds) * LogHole.proportion
        else { return nil }
        (from, to, rhythm) = (longest.from, longest.to, (lines, seconds))
    }

    /// True when another file has lines of that time.
    private static func reaches(_ part: LogPart, between from: Timestamp, and to: Timestamp) -> Bool {
        guard let window = part.window else { return false }
        return window.from.seconds < to.seconds && window.to.seconds > from.seconds && from.seconds < to.seconds
    }

    var phrase: Phrase {
        let (lines, seconds) = (max(1, Int64(rhythm.lines)), max(1, rhythm.seconds))
        let pace: Phrase =
            seconds > lines
            ? "usually one every \((seconds + lines / 2) / lines) s" : "usually \(lines / seconds) a second"
        return "no line is from \(from.dateAndTime) to \(to.dateAndTime) (\(pace)): a file seems to be missing"
    }
}
