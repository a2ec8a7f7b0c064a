import MailVocabulary

/// Everything that a log tells about one incoming connection.
public struct Trace: Hashable, Sendable {
    /// A line of the trace and how firmly it belongs to it.
    public struct Line: Hashable, Sendable {
        public enum Link: String, Hashable, Sendable {
            /// By an identifier.
            case id
            /// By domain and time only: never shown as a fact.
            case probable
        }

        public var number: Int
        public var offset: UInt64
        public var link: Link
        /// Which of the files that were read one after another, from 0.
        public var file: Int

        public init(number: Int, offset: UInt64, link: Link, file: Int = 0) {
            (self.number, self.offset, self.link, self.file) = (number, offset, link, file)
        }
    }

    /// What became of one recipient of one message.
    public struct RecipientOutcome: Hashable, Sendable {
        public var address: String
        public var outcome: Outcome
        /// The remote server's reply, or the reason in the log's words. Outside text.
        public var detail: String

        public init(address: String, outcome: Outcome, detail: String = "") {
            (self.address, self.outcome, self.detail) = (address, outcome, detail)
        }
    }

    public enum Outcome: String, Hashable, Sendable {
        case pending, delivered, delayed, bounced, expired, quarantined, dropped, rejected, aborted
    }

    /// One message of the connection, derived messages (split, copied, rewritten) included.
    public struct Message: Hashable, Sendable {
        public var key: TraceKey
        public var sender: String
        public var subject: String
        /// The Message-ID header field with its angle brackets, when logged.
        public var messageID: String
        public var recipients: [RecipientOutcome]
        /// Messages that were made of this one.
        public var derived: [TraceKey]
        public var outcome: Outcome
        /// The message's story in one sentence, which waits for its language.
        public var phrase: Phrase
        /// The story in English: `MID 214 was delivered to user@example.test: 250 2.0.0 Ok: queued as 3jj`.
        public var sentence: String { phrase.description }
        /// What the rules judge by.
        public var facts = MessageFacts()

        public init(
            key: TraceKey, sender: String = "", subject: String = "", messageID: String = "",
            recipients: [RecipientOutcome] = [], derived: [TraceKey] = [], outcome: Outcome = .pending,
            phrase: Phrase = ""
        ) {
            (self.key, self.sender, self.subject, self.messageID) = (key, sender, subject, messageID)
            (self.recipients, self.derived) = (recipients, derived)
            (self.outcome, self.phrase) = (outcome, phrase)
        }
    }

    /// The connection's own key, and every delivery connection's.
    public var keys: [TraceKey]
    /// The client's address, when the beginning of the connection is in the log.
    public var address: IPAddress?
    public var host: String
    public var messages: [Message]
    public var lines: [Line]
    /// One word, stable, for JSON: `delivered`, `hat-rejected`, `lost-before-banner`, …
    public var verdict: String
    /// The whole story in one sentence, which waits for its language.
    public var phrase: Phrase
    /// The story in English, for programs and files.
    public var sentence: String { phrase.description }
    public var findings: [Finding]
    /// False when the connection began before the log does.
    public var hasBeginning: Bool
    /// What the rules judge by.
    public var facts = ConnectionFacts()

    public init(
        keys: [TraceKey], address: IPAddress? = nil, host: String = "", messages: [Message] = [], lines: [Line] = [],
        verdict: String = "", phrase: Phrase = "", findings: [Finding] = [], hasBeginning: Bool = true
    ) {
        (self.keys, self.address, self.host, self.messages) = (keys, address, host, messages)
        (self.lines, self.verdict, self.phrase) = (lines, verdict, phrase)
        (self.findings, self.hasBeginning) = (findings, hasBeginning)
    }
}
