import MailVocabulary

/// Something to do after a step that did not pass: words, and often a key that does it.
public struct Remedy: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What a key can do about it.
    public enum Offer: Hashable, Sendable {
        /// The step once more, on a new connection.
        case again
        /// The same with one thing changed, on a connection of its own.
        case probe(Probe)
        /// The form: server, envelope, TLS, login.
        case edit
        /// Our lines in the log.
        case showLog
        /// The names once more.
        case lookUpAgain
        /// A text for whoever runs the other side, with the evidence, into a file.
        case letter
    }

    public let text: Phrase
    public let offer: Offer?
    /// The codes of the replies that it is for; none when it is for all of them, and for what is no reply.
    let codes: Set<Int>
    /// The turn of the step that it is for, as `Outcome.turn` names it; `nil` when it is for all of them.
    let turn: WalkthroughStep.Turn?

    public init(_ text: Phrase, _ offer: Offer? = nil) { self.init(text, offer, after: []) }

    init(_ text: Phrase, _ offer: Offer? = nil, after codes: Set<Int> = [], in turn: WalkthroughStep.Turn? = nil) {
        (self.text, self.offer, self.codes, self.turn) = (text, offer, codes, turn)
    }

    public init(stringLiteral text: String) { self.init(Phrase(stringLiteral: text)) }
}
