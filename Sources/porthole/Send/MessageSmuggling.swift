import MailVocabulary
import SMTP

/// What a smuggling probe has shown, for the end of a run.
enum MessageSmuggling {
    static func lines(_ verdict: SmugglingVerdict, _ say: PlainWords) -> [String] {
        [
            say(
                "probe \(verdict.probe.name) \(verdict.probe.sequence): \(verdict.outcome.rawValue), "
                    + "\(verdict.messagesTaken) taken, \(verdict.replies.count) replies"),
            say(Phrase(said: verdict.words)),
        ]
    }

    /// A server that was fooled violates the protocol; one that held firm is what was hoped for.
    static func status(_ verdict: SmugglingVerdict, else usual: ExitStatus) -> ExitStatus {
        switch verdict.outcome {
        case .twoMessages, .endedEarly: verdict.isFooled ? .protocolViolation : .done
        case .oneMessage: .done
        case .refused, .unknown, .notSent: usual
        }
    }
}

/// A probe's verdict as JSON.
struct SmugglingJSON: Encodable {
    let probe: String
    let sequence: String
    let outcome: String
    let isFooled: Bool
    let messagesTaken: Int
    /// From the message to the 221, each as one line.
    let replies: [String]
    let meaning: String

    init(_ verdict: SmugglingVerdict) {
        (probe, sequence) = (verdict.probe.name, verdict.probe.sequence)
        (outcome, isFooled) = (verdict.outcome.rawValue, verdict.isFooled)
        messagesTaken = verdict.messagesTaken
        replies = verdict.replies.map(\.summary)
        meaning = verdict.words
    }
}
