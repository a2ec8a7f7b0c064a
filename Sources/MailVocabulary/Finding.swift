/// One conclusion about the mail system, with its evidence: the currency of all checks, rules and steps.
public struct Finding: Hashable, Sendable {
    public var kind: FindingKind
    /// What it is about: a domain, a host, an address, a message.
    public var subject: String
    /// One sentence, lower case, numbers with units, which waits for its language. May quote outside text: print it only
    /// through `PrintableText`.
    public var phrase: Phrase

    public init(_ kind: FindingKind, about subject: String, _ phrase: Phrase) {
        (self.kind, self.subject, self.phrase) = (kind, subject, phrase)
    }

    /// The sentence in English, for programs and files.
    public var message: String { phrase.description }
}
