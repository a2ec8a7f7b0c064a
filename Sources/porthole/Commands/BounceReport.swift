import MailVocabulary
import Triage

/// `explain --bounce`: what became of each recipient, what the reply means, and where to look next.
struct BounceReport {
    private let bounce: Bounce
    private let catalogue: ReplyCatalogue
    private let language: Language

    /// - Parameter path: `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    init(_ path: String, _ catalogue: ReplyCatalogue, _ language: Language) throws {
        (bounce, self.catalogue, self.language) = (try BounceFile.read(path), catalogue, language)
    }

    func write(isJSON: Bool) throws {
        guard !isJSON else { return try Output.json(BounceJSON(bounce, bounce.recipients.map(explanation))) }
        let say = PlainWords(language)
        bounce.headLines.map { say($0) }.forEach(Output.line)
        for recipient in bounce.recipients {
            Output.line("")
            Output.line(say(recipient.headLine))
            for line in recipient.reply.split(separator: "\n") { Output.line("  " + line) }
            guard let explanation = explanation(of: recipient) else { continue }
            ExplanationText.lines(explanation, catalogue, language).dropFirst().forEach { Output.line("  " + $0) }
        }
        guard let words = bounce.traceWords else { return }
        Output.line("")
        Output.line(say("its way in the log: \("porthole trace '" + words + "' --log PATH")"))
    }

    /// `nil` where nothing went wrong, or nothing was said.
    private func explanation(of recipient: BouncedRecipient) -> ReplyExplanation? {
        guard !recipient.isDelivered, !recipient.reply.isEmpty else { return nil }
        return catalogue.explain(ReplyQuery(reply: recipient.reply), in: language)
    }
}
