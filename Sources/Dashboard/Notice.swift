import MailVocabulary

/// What the message row says, until something newer is said.
public struct Notice: Hashable, Sendable {
    public enum Tone: Hashable, Sendable { case plain, good, bad, waiting }

    /// May quote outside text.
    public var phrase: Phrase
    public var tone: Tone

    /// A sentence of ours.
    public init(_ phrase: Phrase, _ tone: Tone = .plain) { (self.phrase, self.tone) = (phrase, tone) }

    /// A sentence that an engine made. Gives way to the other, so that a literal is always a phrase.
    @_disfavoredOverload
    public init(_ text: String, _ tone: Tone = .plain) { self.init(Phrase(said: text), tone) }

    /// In English.
    public var text: String { phrase.description }
}
