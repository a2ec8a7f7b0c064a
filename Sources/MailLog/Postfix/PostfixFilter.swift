/// What a content filter logged of a message, beside Postfix's own lines.
///
///     amavis[123]: (00123-01) Passed CLEAN {RelayedInbound}, …, Queue-ID: 4jX…, …, queued_as: 4jY…, 380 ms
///     amavis[123]: (00123-02) Blocked SPAM {DiscardedInbound,Quarantined}, …, Queue-ID: 4jX…, …
///     rspamd[1]: <8ae27d>; proxy; rspamd_task_write_log: id: <x@y>, qid: <4jX…>, ip: …, (default: F (no action): …
struct PostfixFilter {
    enum Verdict { case passed, discarded, infected }

    var verdict: Verdict
    /// The queue id under which the filter gave the message back; empty when it did not.
    var new: Range<Int>
    /// `Blocked SPAM {DiscardedInbound,Quarantined}`
    var words: Range<Int>

    /// Nothing when the line is not one about a queued message.
    static func event(_ line: Span<UInt8>, _ frame: LineFrame) -> PostfixEvent? {
        let at = frame.text
        if line.has("amavis", at: frame.tag.lowerBound) {
            guard let begin = line.index(of: ") ", from: at), let id = queueID(line, PostfixWords.filtered, at) else {
                return nil
            }
            let words = (begin + 2)..<(line.index(of: "},", from: begin).map { $0 + 1 } ?? line.count)
            var verdict = Verdict.passed
            if line.has("Blocked ", at: words.lowerBound),
                let label = line.index(of: "Discarded", from: words.lowerBound),
                label < words.upperBound
            {
                verdict = line.has("INFECTED", at: words.lowerBound + 8) ? .infected : .discarded
            }
            let new = queueID(line, PostfixWords.filteredAs, at) ?? 0..<0
            return .filtered(queueID: id, PostfixFilter(verdict: verdict, new: new, words: words))
        }
        guard line.has("rspamd", at: frame.tag.lowerBound), line.index(of: "rspamd_task_write_log: ", from: at) != nil,
            let id = queueID(line, PostfixWords.scanned, at)
        else { return nil }
        return .filtered(queueID: id, PostfixFilter(verdict: .passed, new: 0..<0, words: line.rest(from: at)))
    }

    /// The letters and digits behind a label.
    static func queueID(_ line: Span<UInt8>, _ label: LineWords, _ at: Int) -> Range<Int>? {
        guard let found = line.index(of: label, from: at) else { return nil }
        let begin = found + label.count
        var end = begin
        scan: while end < line.count {
            switch line[end] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: end += 1
            default: break scan
            }
        }
        return (6...QueueKey.longest).contains(end - begin) ? begin..<end : nil
    }
}
