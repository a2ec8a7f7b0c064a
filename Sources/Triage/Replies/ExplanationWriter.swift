import MailVocabulary
import SMTP

/// Puts the explanation of one reply into words. Most of them lie ready in `CatalogueVoice`.
struct ExplanationWriter {
    let query: ReplyQuery
    let reply: NormalizedReply
    let voice: CatalogueVoice
    /// The words that decided where no entry is certain.
    var witnesses: [String] = []

    func explanation(of matches: [ReplyMatch]) -> ReplyExplanation {
        guard let winner = matches.first else { return fallback() }
        let spoken = voice.entry(winner.entry)
        let basis = BasisOfExplanation(
            winner: winner, spoken: spoken, matches: matches, reply: reply, voice: voice, witnesses: witnesses)
        var explanation = ReplyExplanation(
            entry: spoken.entry.id, replyClass: spoken.entry.replyClass.rawValue, classLabel: spoken.classLabel,
            certainty: basis.certainty, basis: basis.sentence, persistence: basis.persistence, actors: spoken.actors,
            title: spoken.title, meaning: spoken.meaning, causes: spoken.causes, next: spoken.next,
            codeReading: voice.reading.code(of: reply), statusReading: voice.reading.status(of: reply),
            references: spoken.references, others: others(than: winner, in: matches))
        if !spoken.isComplete { fill(&explanation, spoken.entry.capture) }
        if spoken.mayWait, reply.digit == 4 { takeDelay(into: &explanation) }
        return explanation
    }

    /// The answer when no entry fits: what the first digit promises.
    private func fallback() -> ReplyExplanation {
        let words = voice.words
        let digit = reply.digit
        let key = digit.map(String.init) ?? (query.event != nil && reply.text.isEmpty ? "event" : "none")
        let isPositive = digit == 2 || digit == 3
        let replyClass: ReplyClass = isPositive ? .ok : .unknown
        return ReplyExplanation(
            entry: "digit.\(digit.map(String.init) ?? "none")", replyClass: replyClass.rawValue,
            classLabel: words.word(.classes, replyClass.rawValue), certainty: .generic,
            basis: words.word(.basis, digit == nil ? "nothing" : "digit-only"),
            persistence: digit == 4 ? .temporary : digit == 5 ? .permanent : .info, actors: [],
            title: words.word(.fallback, "title.\(key)"), meaning: words.word(.fallback, "meaning.\(key)"), causes: [],
            next: [], codeReading: voice.reading.code(of: reply), statusReading: voice.reading.status(of: reply),
            references: ["RFC 5321 §4.2.1"], others: [])
    }

    /// Up to two other entries that fit nearly as well, by title.
    private func others(than winner: ReplyMatch, in matches: [ReplyMatch]) -> [String] {
        var titles: [String] = []
        for match in matches.dropFirst() {
            guard match.score * 4 >= winner.score * 3 else { break }
            guard voice.replyClass(match.entry) != voice.replyClass(winner.entry) else { continue }
            let heading = voice.entry(match.entry).heading
            guard !titles.contains(heading) else { continue }
            titles.append(heading)
            if titles.count == 2 { break }
        }
        return titles
    }

    /// Fills the gaps from the reply, and notes what was taken from it.
    private func fill(_ explanation: inout ReplyExplanation, _ capture: [String: PhrasePattern]) {
        var values = captured(by: capture)
        explanation.captured = values
        if let seconds = query.seconds, seconds.isFinite, abs(seconds) < 1e9, values["seconds"] == nil {
            values["seconds"] = String(Int(seconds))
            if capture["seconds"] != nil { explanation.captured["seconds"] = values["seconds"] }
        }
        let filling = GapFilling(voice.words, values: values)
        explanation.title = filling.filled(explanation.title)
        explanation.meaning = filling.filled(explanation.meaning)
        explanation.causes = filling.filled(explanation.causes)
        explanation.next = filling.filled(explanation.next)
    }

    /// What the server says about the wait goes before what the entry says.
    private func takeDelay(into explanation: inout ReplyExplanation) {
        guard let delay = StatedDelay(in: reply.folded) else { return }
        let filling = GapFilling(voice.words, values: explanation.captured)
        explanation.captured["seconds"] = String(delay.seconds)
        explanation.next = explanation.next.map { step in
            guard case .retry? = step.deed else { return step }
            let deed = ReplyExplanation.Step.Deed.retry(minutes: delay.minutes)
            // Hours are too coarse for less than two of them.
            let key = step.id == "retry-hours" && delay.seconds < 7200 ? "retry-minutes" : step.id
            let text = voice.words.next[key].map { filling.filled($0, waiting: deed.waiting) }
            return ReplyExplanation.Step(id: step.id, text: text ?? step.text, deed: deed)
        }
    }

    /// What the entry's `capture` finds in the reply, as the server wrote it.
    private func captured(by capture: [String: PhrasePattern]) -> [String: String] {
        var values: [String: String] = [:]
        for (name, phrase) in capture {
            guard let run = phrase.firstRuns(in: reply.folded)?.first else { continue }
            var value = reply.text[run]
            while let last = value.last, [44, 46, 59, 58, 41, 93].contains(last) { value.removeLast() }
            if !value.isEmpty { values[name] = String(decoding: value, as: UTF8.self) }
        }
        return values
    }
}
