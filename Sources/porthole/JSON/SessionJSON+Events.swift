import MailVocabulary
import SMTP

extension SessionJSON {
    /// One event, as text and, where there is more to say, by its parts. Times count from the start, in milliseconds.
    struct Event: Encodable {
        let ms: Int
        /// `resolved`, `connecting`, `connected`, `sent`, `message`, `reply-began`, `reply`, `secured`, `oddity`, `waiting`,
        /// `gave-up`, `closed` or `note`.
        let kind: String
        /// The lines of the transcript, bytes that are not printable escaped.
        let lines: [String]
        var stage: String?
        /// The line that a reply answers.
        var command: String?
        var code: Int?
        var status: String?
        /// Look-up, connection and TLS.
        var tookMs: Double?
        /// Of a reply, from its command.
        var firstByteMs: Double?
        var lastByteMs: Double?
        var pauses: [Pause]?
        /// Of a reply that is not ASCII.
        var text: ForeignText?
        /// Of a reply that is waited for: how much of it is here.
        var octets: Int?
        var isUnderTLS: Bool?

        init(_ event: SessionEvent) {
            ms = event.at.milliseconds
            lines = TranscriptText.lines(of: event)
            switch event.fact {
            case .resolved(_, _, _, let took): (kind, tookMs) = ("resolved", took.fraction)
            case .connecting: kind = "connecting"
            case .connected(_, _, let took): (kind, tookMs) = ("connected", took.fraction)
            case .sent(let stage, _, let tls): (kind, self.stage, isUnderTLS) = ("sent", stage.rawValue, tls)
            case .sentMessage(_, _, _, let tls): (kind, isUnderTLS) = ("message", tls)
            case .replyBegan(let stage, let after):
                (kind, self.stage, firstByteMs) = ("reply-began", stage.rawValue, after.fraction)
            case .received(let reply, let stage, let command, let timing, let tls):
                (kind, self.stage, self.command, isUnderTLS) = ("reply", stage.rawValue, command, tls)
                (code, status) = (reply.code.value, reply.status.map { "\($0)" })
                (firstByteMs, lastByteMs) = (timing.firstByte.fraction, timing.lastByte.fraction)
                pauses = timing.pauses.isEmpty ? nil : timing.pauses.map(Pause.init)
                text = reply.charsetGuess.map { ForeignText($0, reply.reading) }
            case .secured(_, let took): (kind, tookMs) = ("secured", took.fraction)
            case .oddity(_, let stage): (kind, self.stage) = ("oddity", stage.rawValue)
            case .waiting(let stage, let time, let octets):
                (kind, self.stage, tookMs) = ("waiting", stage.rawValue, time.fraction)
                self.octets = octets == 0 ? nil : octets
            case .gaveUp(let stage, let after, _):
                (kind, self.stage, tookMs) = ("gave-up", stage.rawValue, after.fraction)
            case .closed(_, let stage): (kind, self.stage) = ("closed", stage.rawValue)
            case .note: kind = "note"
            }
        }
    }

    /// In which charset a reply seems to be.
    struct ForeignText: Encodable {
        /// Absent when it is not known well enough.
        let charset: String?
        /// The bytes leave no other reading.
        let isCertain: Bool
        /// What it could be as well, where that is not known.
        let candidates: [String]?
        /// The lines, decoded; absent for UTF-8, which stands in `lines`.
        let lines: [String]?

        init(_ guess: CharsetGuess, _ reading: ReplyReading?) {
            charset = guess.charset?.rawValue
            lines = reading?.texts.map { EvidenceText.escaped($0) }
            switch guess {
            case .certain: (isCertain, candidates) = (true, nil)
            case .likely: (isCertain, candidates) = (false, nil)
            case .unsure(let charsets): (isCertain, candidates) = (false, charsets.map(\.rawValue))
            }
        }
    }

    /// A silence in the middle of a reply.
    struct Pause: Encodable {
        let afterLine: Int
        let ms: Double

        init(_ pause: ReplyTiming.Pause) { (afterLine, ms) = (pause.afterLine, pause.length.fraction) }
    }

    /// How long each part before the first command took, in milliseconds.
    struct Times: Encodable {
        let resolveMs: Double?
        let connectMs: Double?
        let tlsMs: Double?
        let totalMs: Double

        init(_ record: SessionRecord) {
            (resolveMs, connectMs) = (record.resolveTook?.fraction, record.connectTook?.fraction)
            (tlsMs, totalMs) = (record.tlsTook?.fraction, record.elapsed.fraction)
        }
    }

    /// A deviation from the protocol, tied to where it was seen.
    struct Deviation: Encodable {
        let name: String
        /// What was seen, unprintable bytes as `\x1b`.
        let evidence: String
        let stage: String
        let command: String?
        /// The event, counted from 0.
        let event: Int
        let meaning: String

        private init(_ oddity: Oddity, at stage: SessionStage, command: String?, event: Int) {
            (name, evidence) = (oddity.kind.rawValue, EvidenceText.escaped(oddity.evidence))
            (self.stage, self.command, self.event) = (stage.rawValue, command, event)
            meaning = oddity.kind.meaning.description
        }

        static func all(in record: SessionRecord) -> [Deviation] {
            record.events.enumerated().flatMap { index, event -> [Deviation] in
                switch event.fact {
                case .received(let reply, let stage, let command, _, _):
                    reply.oddities.map { Deviation($0, at: stage, command: command, event: index) }
                case .oddity(let oddity, let stage): [Deviation(oddity, at: stage, command: nil, event: index)]
                case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .secured, .waiting, .gaveUp,
                    .closed, .note:
                    []
                }
            }
        }
    }

    /// What a second connection showed.
    struct Resumption: Encodable {
        let isResumed: Bool
        let words: String
        let version: String?
    }

    /// The difference between the latest EHLO list and the one before it.
    struct CapabilityChange: Encodable {
        /// `under TLS`, `after AUTH`, `after XCLIENT` or `asked again`.
        let cause: String
        let gained: [String]
        let lost: [String]

        init?(_ record: SessionRecord) {
            guard let change = record.latestCapabilityChange else { return nil }
            cause = change.cause.rawValue
            gained = change.difference.gained.map(\.description)
            lost = change.difference.lost.map(\.description)
        }
    }
}

extension Duration {
    /// Milliseconds with three decimals.
    var fraction: Double {
        let (seconds, attoseconds) = components
        return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
    }
}
