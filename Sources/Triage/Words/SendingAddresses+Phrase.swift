import MailVocabulary

extension SendingAddresses.Standing {
    /// The standing in words that wait for their language.
    public var phrase: Phrase {
        switch self {
        case .seenAndAllowed: "seen and allowed"
        case .seenNotAllowed: "seen but not in SPF"
        case .inside: "seen inside"
        case .neverSeen: "allowed but never seen"
        }
    }
}
