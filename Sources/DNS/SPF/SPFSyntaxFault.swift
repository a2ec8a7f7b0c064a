import MailVocabulary

/// Where an SPF record cannot be read, RFC 7208 §4.6.1: one such place makes the whole record a permanent error.
public struct SPFSyntaxFault: Error, Hashable, Sendable {
    /// The term as it stands in the record, printable.
    public var term: String
    /// Its first byte in the joined text, from 1.
    public var position: Int
    /// What is wrong with it, lower case, to stand behind the term.
    public var reason: Phrase

    /// `"ip4:192.0.2": …`, with the position.
    public var description: String { phrase.description }

    /// The same, waiting for its language.
    public var phrase: Phrase { "\(term) at position \(position) \(reason)" }
}
