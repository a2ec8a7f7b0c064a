/// One conclusion about the mail system, with its evidence: the currency of all checks, rules and steps.
public struct Finding: Hashable, Sendable {
    public var kind: FindingKind
    /// What it is about: a domain, a host, an address, a message.
    public var subject: String
    /// One sentence, lower case, numbers with units. May quote outside text: print it only through `PrintableText`.
    public var message: String

    public init(_ kind: FindingKind, about subject: String, _ message: String) {
        (self.kind, self.subject, self.message) = (kind, subject, message)
    }
}
