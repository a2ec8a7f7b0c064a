import MailVocabulary
import SMTP

extension SessionRecord.Step {
    /// The outcome in words of ours where it is ours: a reply stays as the server said it.
    var phrase: Phrase {
        let parts = outcome.split(separator: ", ").map(String.init)
        switch stage {
        case .startTLS: return Phrase.list(parts.map { Phrase(said: $0) }, by: ", ")
        case .hello:
            // `250 4 extensions, SIZE 33554432`: the EHLO list in short.
            let words = parts.first?.split(separator: " ") ?? []
            guard words.count == 3, words[2] == "extensions" || words[2] == "extension" else { break }
            let count: Phrase = words[1] == "1" ? "1 extension" : "\(words[1]) extensions"
            return Phrase.list(
                ["\(words[0]) \(count)"] + parts.dropFirst().map { Phrase(quoting: $0) }, by: ", ")
        case .resolve, .connect, .authenticate, .sender, .recipient, .data, .chunk, .endOfData, .reset, .quit, .idle,
            .other:
            break
        }
        return Phrase(said: outcome)
    }
}

extension SessionRecord.Step.Verdict {
    /// The word for a table, where a step took no time.
    var phrase: Phrase {
        switch self {
        case .pending: "pending"
        case .running: "running"
        case .done: "done"
        case .warning: "warning"
        case .refusedForNow: "temporary"
        case .refused: "permanent"
        case .failed: "failed"
        case .skipped: "skipped"
        }
    }
}
