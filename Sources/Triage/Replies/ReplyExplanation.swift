import MailVocabulary

/// The meaning of a reply or event, in one language, ready to be shown or printed.
public struct ReplyExplanation: Hashable, Sendable {
    public enum Certainty: String, Hashable, Sendable, CaseIterable { case certain, likely, generic }
    public enum Persistence: String, Hashable, Sendable, CaseIterable {
        case temporary, permanent
        case policyUntilFixed = "policy-until-fixed"
        case info
    }

    /// Something that may have caused it, most likely first.
    public struct Cause: Hashable, Sendable {
        public enum Weight: String, Hashable, Sendable, CaseIterable { case high, mid, low }

        public var id: String
        public var weight: Weight
        /// The check that would confirm it.
        public var check: CauseCheck?
        public var text: String

        public init(id: String, weight: Weight, check: CauseCheck? = nil, text: String) {
            (self.id, self.weight, self.check, self.text) = (id, weight, check, text)
        }
    }

    /// Something to do next.
    public struct Step: Hashable, Sendable {
        public enum Deed: Hashable, Sendable {
            case send(String)
            case check(CauseCheck)
            case retry(minutes: [Int])
        }

        public var id: String
        public var text: String
        public var deed: Deed?

        public init(id: String, text: String, deed: Deed? = nil) { (self.id, self.text, self.deed) = (id, text, deed) }
    }

    /// The id of the entry, `vendor.class.short-name`.
    public var entry: String
    /// One of the 25 classes of the catalogue: `mailbox_unknown`, …
    public var replyClass: String
    /// The class as a few words in the language asked for.
    public var classLabel: String
    public var certainty: Certainty
    /// What the certainty rests on, in words: `code, enhanced code and text agree`.
    public var basis: String
    public var persistence: Persistence
    /// Who must act first, in words, most likely first.
    public var actors: [String]
    public var title: String
    public var meaning: String
    public var causes: [Cause]
    public var next: [Step]
    /// The plain reading of the code's digits: `550: permanent negative, mail system`.
    public var codeReading: String
    /// The plain reading of the enhanced code, when there is one: `5.1.1: no such mailbox (RFC 3463)`.
    public var statusReading: String?
    public var references: [String]
    /// Up to two other entries that also fit, by title.
    public var others: [String]
    /// What the reply names, as the server wrote it, by the entry's placeholder: `ip`, `list`, `url`, …
    public var captured: [String: String]

    /// The seconds after which the reply asks to come back.
    public var statedWait: Int? { captured["seconds"].flatMap { Int($0) } }

    public init(
        entry: String, replyClass: String, classLabel: String, certainty: Certainty, basis: String,
        persistence: Persistence, actors: [String], title: String, meaning: String, causes: [Cause], next: [Step],
        codeReading: String, statusReading: String?, references: [String], others: [String],
        captured: [String: String] = [:]
    ) {
        (self.entry, self.replyClass, self.classLabel, self.certainty) = (entry, replyClass, classLabel, certainty)
        (self.basis, self.persistence, self.actors) = (basis, persistence, actors)
        (self.title, self.meaning, self.causes, self.next) = (title, meaning, causes, next)
        (self.codeReading, self.statusReading) = (codeReading, statusReading)
        (self.references, self.others, self.captured) = (references, others, captured)
    }
}
