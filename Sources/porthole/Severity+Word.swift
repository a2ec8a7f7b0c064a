import MailVocabulary

extension Severity {
    /// As the JSON has it, waiting for its language.
    var word: Phrase {
        switch self {
        case .fine: "fine"
        case .note: "note"
        case .unknown: "unknown"
        case .warning: "warning"
        case .delay: "delay"
        case .failure: "failure"
        }
    }
}
