import MailVocabulary
import SMTP

/// One thing that a server may say, or that may happen without a reply, and what is known about it.
///
/// The words for it live apart, in `CatalogueTexts`, under the same id.
public struct ReplyEntry: Hashable, Sendable {
    /// When the entry applies: every field that is given must hold.
    public struct Match: Hashable, Sendable {
        public var codes: [CodePattern] = []
        public var statuses: [StatusPattern] = []
        /// Canonical vendor names, see `VendorName`; empty for any.
        public var vendors: [String] = []
        /// Empty for any.
        public var stages: [SessionStage] = []
        public var all: [PhrasePattern] = []
        public var any: [PhrasePattern] = []
        /// Words that need not stand together; less than a phrase of `any`.
        public var words: [WordFamily] = []
        /// Phrases that lead here when nothing in the reply says more.
        public var hints: [PhrasePattern] = []
        public var not: [PhrasePattern] = []
        public var after: [SessionCondition] = []
        /// Events without a reply, lower case.
        public var events: [String] = []

        public init() {}

        /// Everything that is looked for in the text.
        var phrases: [PhrasePattern] { all + any + hints + not + words.flatMap(\.phrases) }
        /// Whether one of several wordings must stand in the text.
        var hasChoice: Bool { !any.isEmpty || !words.isEmpty || !hints.isEmpty }
        /// Whether words lead to the entry, and not a code alone.
        var hasText: Bool { !all.isEmpty || hasChoice }
    }

    public struct Cause: Hashable, Sendable {
        public var id: String
        public var weight: ReplyExplanation.Cause.Weight
        public var check: CauseCheck?

        public init(id: String, weight: ReplyExplanation.Cause.Weight, check: CauseCheck? = nil) {
            (self.id, self.weight, self.check) = (id, weight, check)
        }
    }

    public struct Step: Hashable, Sendable {
        public var id: String
        public var deed: ReplyExplanation.Step.Deed?

        public init(id: String, deed: ReplyExplanation.Step.Deed? = nil) { (self.id, self.deed) = (id, deed) }
    }

    /// Where it can be read.
    public enum Reference: Hashable, Sendable {
        case rfc(number: String, section: String?)
        /// A row of IANA's registry of enhanced status codes.
        case iana(String)
        case vendor(String, url: String?)
        /// A document that the catalogue was started from: provenance, not shown.
        case seed(String)
    }

    /// A reply or event that must be answered by this entry.
    public struct Example: Hashable, Sendable {
        public var query: ReplyQuery

        public init(query: ReplyQuery) { self.query = query }
    }

    /// `vendor.class.short-name`, stable: shown in the panel and used in reports.
    public var id: String
    public var match: Match
    public var replyClass: ReplyClass
    public var persistence: ReplyExplanation.Persistence
    public var certainty: ReplyExplanation.Certainty
    /// Who must act, first of all the first.
    public var actors: [ReplyActor]
    public var causes: [Cause]
    public var next: [Step]
    /// What is taken out of the reply for the texts: placeholder to phrase, whose first wildcard is taken.
    public var capture: [String: PhrasePattern]
    public var references: [Reference]
    public var seen: [String]
    public var examples: [Example]

    public init(
        id: String, match: Match, replyClass: ReplyClass, persistence: ReplyExplanation.Persistence,
        certainty: ReplyExplanation.Certainty, actors: [ReplyActor] = [], causes: [Cause] = [], next: [Step] = [],
        capture: [String: PhrasePattern] = [:], references: [Reference] = [], seen: [String] = [],
        examples: [Example] = []
    ) {
        (self.id, self.match, self.replyClass, self.persistence) = (id, match, replyClass, persistence)
        (self.certainty, self.actors, self.causes, self.next) = (certainty, actors, causes, next)
        (self.capture, self.references, self.seen, self.examples) = (capture, references, seen, examples)
    }
}
