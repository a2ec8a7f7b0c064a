import MailVocabulary

extension TraceIndex {
    /// Why a question has no rows: the log says nothing of its needle, or has something else than what was asked for.
    ///
    /// A client that is in the log, only not in these ten minutes or not with this verdict, has reached us all the same.
    /// - Returns: nothing for a log without messages and connections.
    public func absence(of question: LogQuestion) -> Phrase? {
        if let needle = question.needle, traces(matching: needle).isEmpty { return absence(of: needle).phrase }
        let all = entries(LogQuestion(needle: question.needle))
        guard let first = all.first, let last = all.last else { return nil }
        let range = LogRange(question, in: window)
        let rows = all.filter { range.contains($0.began.seconds) }
        if let stretch = range.phrase, rows.isEmpty {
            let (from, to) = (first.began.dateAndTime, last.began.dateAndTime)
            return question.needle.map {
                "nothing of \($0) began \(stretch): the log has \(all.count.rows) of it, from \(from) to \(to)"
            } ?? "nothing began \(stretch): the log has \(all.count.rows), from \(from) to \(to)"
        }
        let among = among(rows.count.rows, question.needle, range.phrase)
        if let verdict = question.verdict, !rows.contains(where: { $0.hasVerdict(verdict) }) {
            return "not one of \(among) is \(verdict): they are \(Self.verdicts(of: rows))"
        }
        guard let reply = question.reply else { return nil }
        return question.verdict.map { "not one of \(among) is \($0) and has the reply \(reply)" }
            ?? "not one of \(among) has the reply \(reply)"
    }

    /// `7 messages and connections about 10.2.3.4, from 2026-02-02 23:50:00 on`
    private func among(_ rows: Phrase, _ needle: String?, _ stretch: Phrase?) -> Phrase {
        switch (needle, stretch) {
        case (nil, nil): rows
        case (nil, let stretch?): "\(rows), \(stretch)"
        case (let needle?, nil): "\(rows) about \(needle)"
        case (let needle?, let stretch?): "\(rows) about \(needle), \(stretch)"
        }
    }

    /// `191 delivered, 11 bounced`: the words that can be asked for, the commonest first.
    private static func verdicts(of rows: [LogEntry]) -> String {
        var counts: [String: Int] = [:]
        for row in rows { counts[row.verdict, default: 0] += 1 }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(12).map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            + (sorted.count > 12 ? ", …" : "")
    }
}

extension Int {
    fileprivate var rows: Phrase { self == 1 ? "1 message or connection" : "\(self) messages and connections" }
}
