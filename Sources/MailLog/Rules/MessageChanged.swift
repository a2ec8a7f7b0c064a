import MailVocabulary

extension TraceRule {
    private static let changed = FindingKind("log.message.changed", .note, .rfc(5321, "3.9"))

    /// The message went on as another one, or as several: what became of those is told too.
    static let messageChanged = TraceRule(mayFind: [changed], evidence: ["split", "copied", "rewritten", "reinjected"])
    { trace in
        trace.messages.compactMap { message in
            let ways = message.facts.relations.subtracting([.bounce]).sorted { $0.rawValue < $1.rawValue }
            guard !ways.isEmpty else { return nil }
            let words = Phrase.list(ways.map(\.phrase), by: " and ")
            let names = message.derived.prefix(5).map(\.description).joined(separator: ", ")
            return Finding(
                changed, about: message.key.description, "\(message.key) was \(words) on its way: \(names)")
        }
    }
}
