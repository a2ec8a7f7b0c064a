import MailVocabulary

/// Looks for words in the lines of a log, and keeps the newest lines that have them.
public struct LineSearch: Sendable {
    private let words: [UInt8]
    private var lines: [LogAnswer.Line] = []
    private var total = 0
    private var lineCount = 0

    /// - Parameter words: of either case.
    public init(_ words: String) { self.words = words.utf8.map { TextStore.lower($0) } }

    /// Looks at the next line.
    /// - Parameter file: of several files the place of the one that it stands in.
    public mutating func take(_ line: Span<UInt8>, number: Int, file: Int = 0) {
        lineCount += 1
        guard !words.isEmpty, line.contains(lowercased: words, from: 0) else { return }
        total += 1
        lines.append(LogAnswer.Line(number: number, bytes: line.array(0..<line.count), file: file))
        if lines.count >= LogAnswer.mostRows * 2 { lines.removeFirst(lines.count - LogAnswer.mostRows) }
    }

    /// What was found.
    public var answer: LogAnswer {
        let rows = lines.suffix(LogAnswer.mostRows).map { LogAnswer.Row(entry: nil, lines: [$0]) }
        return LogAnswer(rows: rows, total: total, basis: lineCount.lines)
    }
}
