import MailVocabulary
import SMTP

/// Puts the explanation of one reply into words.
struct ExplanationWriter {
    let query: ReplyQuery
    let reply: NormalizedReply
    let entries: [ReplyEntry]
    let words: CatalogueTexts
    /// The language that is used where `words` lacks a text, as a user's own entries may.
    let otherWords: CatalogueTexts
    let basisWords: BasisWords

    func explanation(of matches: [ReplyMatch]) -> ReplyExplanation {
        guard let winner = matches.first else { return fallback() }
        let entry = entries[winner.entry]
        let values = captured(by: entry)
        let own = text(of: entry.id)
        let reading = ReplyReading(reply: reply, words: words)
        let basis = BasisOfExplanation(
            winner: winner, matches: matches, entries: entries, reply: reply, words: basisWords,
            title: { text(of: $0).title })
        return ReplyExplanation(
            entry: entry.id, replyClass: entry.replyClass.rawValue,
            classLabel: words.word(.classes, entry.replyClass.rawValue), certainty: basis.certainty,
            basis: basis.sentence, persistence: basis.persistence,
            actors: entry.actors.map { words.word(.actors, $0.rawValue) },
            title: filled(own.title, values), meaning: filled(own.meaning, values),
            causes: entry.causes.map {
                .init(
                    id: $0.id, weight: $0.weight, check: $0.check,
                    text: filled(words.causes[$0.id] ?? otherWords.causes[$0.id] ?? $0.id, values))
            },
            next: entry.next.map {
                .init(
                    id: $0.id,
                    text: filled(
                        words.next[$0.id] ?? otherWords.next[$0.id] ?? $0.id, values, waiting: $0.deed?.waiting ?? [:]),
                    deed: $0.deed)
            },
            codeReading: reading.code, statusReading: reading.status,
            references: entry.references.compactMap(\.shown), others: others(than: winner, in: matches),
            captured: entry.capture.isEmpty ? [:] : values.filter { entry.capture[$0.key] != nil })
    }

    /// The answer when no entry fits: what the first digit promises.
    private func fallback() -> ReplyExplanation {
        let digit = reply.digit
        let key = digit.map(String.init) ?? (query.event != nil && reply.text.isEmpty ? "event" : "none")
        let reading = ReplyReading(reply: reply, words: words)
        let isPositive = digit == 2 || digit == 3
        let replyClass: ReplyClass = isPositive ? .ok : .unknown
        return ReplyExplanation(
            entry: "digit.\(digit.map(String.init) ?? "none")", replyClass: replyClass.rawValue,
            classLabel: words.word(.classes, replyClass.rawValue), certainty: .generic,
            basis: words.word(.basis, digit == nil ? "nothing" : "digit-only"),
            persistence: digit == 4 ? .temporary : digit == 5 ? .permanent : .info, actors: [],
            title: words.word(.fallback, "title.\(key)"), meaning: words.word(.fallback, "meaning.\(key)"), causes: [],
            next: [], codeReading: reading.code, statusReading: reading.status, references: ["RFC 5321 §4.2.1"],
            others: [])
    }

    /// Up to two other entries that fit nearly as well, by title.
    private func others(than winner: ReplyMatch, in matches: [ReplyMatch]) -> [String] {
        let own = entries[winner.entry]
        var titles: [String] = []
        for match in matches.dropFirst() where match.score * 4 >= winner.score * 3 {
            let title = filled(text(of: entries[match.entry].id).title, [:])
            guard entries[match.entry].replyClass != own.replyClass, !titles.contains(title) else { continue }
            titles.append(title)
            if titles.count == 2 { break }
        }
        return titles
    }

    private func text(of id: String) -> CatalogueTexts.Entry {
        words.entries[id] ?? otherWords.entries[id] ?? .init(title: id, meaning: "")
    }

    /// What the entry's `capture` finds in the reply, as the server wrote it.
    private func captured(by entry: ReplyEntry) -> [String: String] {
        var values: [String: String] = [:]
        if let seconds = query.seconds, seconds.isFinite, abs(seconds) < 1e9 {
            values["seconds"] = String(Int(seconds))
        }
        for (name, phrase) in entry.capture {
            guard let run = phrase.firstRuns(in: reply.folded)?.first else { continue }
            var value = reply.text[run]
            while let last = value.last, [44, 46, 59, 58, 41, 93].contains(last) { value.removeLast() }
            if !value.isEmpty { values[name] = String(decoding: value, as: UTF8.self) }
        }
        return values
    }

    /// The text with its `{name}` filled in: from the reply, or by a word such as "the address".
    ///
    /// What the server says about a wait goes before what the entry says.
    private func filled(
        _ template: String, _ values: [String: String], waiting: [String: String] = [:]
    ) -> String {
        guard template.hasGap else { return template }
        return TextTemplate(template).filled { values[$0] ?? waiting[$0] ?? words.common[.captures]?[$0] }
    }
}

extension ReplyExplanation.Step.Deed {
    /// How long to wait before trying again, for the step's words: `minutes` and `hours`, as `5-15`.
    fileprivate var waiting: [String: String] {
        guard case .retry(let minutes) = self else { return [:] }
        func range(_ unit: Int) -> String { minutes.map { String(max(1, $0 / unit)) }.joined(separator: "-") }
        return ["minutes": range(1), "hours": range(60)]
    }
}

extension ReplyEntry.Reference {
    /// As shown to a reader; `nil` for mere provenance.
    var shown: String? {
        switch self {
        case .rfc(let number, let section): section.map { "RFC \(number) §\($0)" } ?? "RFC \(number)"
        case .iana(let row): "IANA \(row)"
        case .vendor(let name, let url): url.map { "\(name): \($0)" } ?? name
        case .seed: nil
        }
    }
}
