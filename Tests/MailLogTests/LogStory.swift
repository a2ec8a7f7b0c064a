import MailLog

/// A log in a test: lines as the product writes them, joined into an index.
struct LogStory {
    let index: TraceIndex
    let lines: [RawLogLine]

    init(_ text: String) {
        var splitter = LineSplitter()
        var lines = splitter.split(Array(text.utf8))
        if let last = splitter.finish() { lines.append(last) }
        var index = TraceIndex()
        for line in lines { index.append(line) }
        (self.index, self.lines) = (index, lines)
    }

    /// Words of a Cisco ESA, a second apart, behind the stamp of the appliance's own file.
    static func gateway(_ words: [String]) -> LogStory {
        LogStory(words.enumerated().map { gatewayStamp($0) + $1 + "\n" }.joined())
    }

    static func gatewayStamp(_ second: Int) -> String {
        "Mon Feb  2 10:\(two(second / 60 % 60)):\(two(second % 60)) 2026 Info: "
    }

    /// Words of Postfix, `program[pid]: …`, a second apart.
    static func postfix(_ words: [String]) -> LogStory {
        LogStory(words.enumerated().map { "2026-02-02T10:00:\(two($0 % 60)).5+00:00 mx postfix/\($1)\n" }.joined())
    }

    /// Words of any program with its name, a second apart, behind an RFC 3164 stamp.
    static func syslog(_ words: [String]) -> LogStory {
        LogStory(words.enumerated().map { "Feb  2 10:00:\(two($0 % 60)) mx \($1)\n" }.joined())
    }

    /// Words of Exim, a second apart, as they stand in its own file.
    static func exim(_ words: [String]) -> LogStory {
        LogStory(words.enumerated().map { "2026-02-02 10:00:\(two($0 % 60)) \($1)\n" }.joined())
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Trace {
    /// Numbers of the lines that identifiers tie to it.
    var firm: [Int] { lines.filter { $0.link == .id }.map { $0.number } }
    var probable: [Int] { lines.filter { $0.link == .probable }.map { $0.number } }
}
