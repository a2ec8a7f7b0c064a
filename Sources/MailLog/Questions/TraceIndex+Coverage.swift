import MailVocabulary

extension TraceIndex {
    /// What an answer rests on: `3096 lines from 2026-02-02 10:00:00 to 10:05:00, 99 % understood as Cisco ESA mail log`.
    ///
    /// A phrase, which waits for its language.
    public var coverage: Phrase {
        guard let window else { return "\(lineCount) lines without a time, \(understoodPercent) % understood" }
        return "\(lineCount) lines from \(window.from.dateAndTime) to \(window.to.dateAndTime), "
            + "\(understoodPercent) % understood as \(formatPhrase)"
    }

    /// The same with the stretch of time that was asked about, where not all of it was.
    public func coverage(of question: LogQuestion) -> Phrase {
        LogRange(question, in: window).phrase.map { "\(coverage); asked for: \($0)" } ?? coverage
    }
}
