import MailVocabulary

extension TraceRule {
    private static let budget = FindingKind("log.message.time", .note, .rfc(5321, "4.5.3.2"))

    /// Where the time went: from the connection to the message, to the queue, to the last recipient.
    static let timeBudget = TraceRule(
        mayFind: [budget], evidence: ["connected", "started", "received", "queued", "delivered"]
    ) { trace in
        trace.messages.compactMap { message in
            let steps: [(Phrase, Timestamp?, Timestamp?)] = [
                ("from connection to message", trace.facts.began, message.facts.began),
                ("to the queue", message.facts.began, message.facts.queued),
                ("to the last recipient", message.facts.queued, message.facts.ended),
            ]
            let known = steps.compactMap { name, from, to in Timestamp.span(from, to).map { (name, $0) } }
            guard known.reduce(0, { $0 + $1.1 }) >= 10 else { return nil }
            let words = Phrase.list(known.map { "\($0.1) s \($0.0)" }, by: ", ")
            return Finding(budget, about: message.key.description, "\(message.key) took \(words)")
        }
    }
}
