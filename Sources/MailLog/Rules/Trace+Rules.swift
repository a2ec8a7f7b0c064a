import MailVocabulary

extension Trace {
    /// Whom a finding about the connection is about.
    var client: String { who.description }

    /// The same within a sentence.
    var who: Phrase {
        if let address { return Phrase(quoting: address.description) }
        return host.isEmpty ? "a client that is not in this log" : Phrase(quoting: host)
    }
}

extension Timestamp {
    /// The whole seconds between two moments of one clock, never negative; nothing when one of them is not known.
    static func span(_ earlier: Timestamp?, _ later: Timestamp?) -> Int64? {
        guard let earlier, let later else { return nil }
        return seconds(from: earlier.seconds, to: later.seconds)
    }
}
