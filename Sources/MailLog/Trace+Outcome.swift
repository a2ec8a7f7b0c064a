import MailVocabulary

extension Trace.Outcome {
    /// The outcome in a word that waits for its language; in English its stable word.
    public var phrase: Phrase {
        switch self {
        case .pending: "pending"
        case .delivered: "delivered"
        case .delayed: "delayed"
        case .bounced: "bounced"
        case .expired: "expired"
        case .quarantined: "quarantined"
        case .dropped: "dropped"
        case .rejected: "rejected"
        case .aborted: "aborted"
        }
    }
}
