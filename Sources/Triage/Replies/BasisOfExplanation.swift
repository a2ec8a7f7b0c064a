import MailVocabulary

/// How sure an explanation is, and why.
///
/// Certain is only what words, an enhanced code with a cause or an event say without contradiction.
struct BasisOfExplanation {
    let winner: ReplyMatch
    let matches: [ReplyMatch]
    let reply: NormalizedReply
    let voice: CatalogueVoice
    /// The words that decided where no entry is certain.
    let witnesses: [String]
    private let spoken: SpokenEntry

    init(
        winner: ReplyMatch, spoken: SpokenEntry, matches: [ReplyMatch], reply: NormalizedReply, voice: CatalogueVoice,
        witnesses: [String]
    ) {
        (self.winner, self.spoken, self.matches, self.reply) = (winner, spoken, matches, reply)
        (self.voice, self.witnesses) = (voice, witnesses)
    }

    private var words: BasisWords { voice.basis }

    /// What the enhanced code alone would mean, when it names a cause and its meaning is not the winner's.
    private var statusVerdict: (agrees: Bool, title: String)? {
        // x.2.0 only names a subject: no words can contradict it.
        guard let status = reply.status, !status.isBlank, status.detail != 0, !winner.grounds.contains(.status) else {
            return nil
        }
        let alone = matches.first { $0.grounds.contains(.status) && !$0.grounds.contains(.text) }
        guard let alone else { return nil }
        let other = voice.entry(alone.entry)
        return (other.entry.replyClass == spoken.entry.replyClass, other.heading)
    }

    /// True when phrases of the reply speak nearly as well for another cause: one of the two is then only named by the way.
    private var speaksForAnother: Bool {
        guard winner.grounds.contains(.text) else { return false }
        // A product's words weigh more than their letters; where the product is not known, they are words like others.
        let isUnprovenProduct = !spoken.entry.match.vendors.isEmpty && !winner.grounds.contains(.vendor)
        let slack = isUnprovenProduct ? 500 : 150
        for match in matches.dropFirst() {
            guard winner.score - match.score <= slack else { return false }
            if match.grounds.contains(.text), match.wording == .phrase,
                voice.replyClass(match.entry) != spoken.entry.replyClass
            {
                return true
            }
        }
        return false
    }

    /// True when the first digit promises something else than the words do.
    private var digitContradicts: Bool {
        guard winner.grounds.contains(.text), let digit = reply.digit else { return false }
        return switch spoken.entry.persistence {
        case .temporary: digit == 5
        case .permanent, .policyUntilFixed: digit == 4
        case .info: digit == 4 || digit == 5
        }
    }

    /// The words' persistence when words were matched; otherwise what the first digit says.
    var persistence: ReplyExplanation.Persistence {
        let persistence = spoken.entry.persistence
        guard !winner.grounds.contains(.text), !winner.grounds.contains(.event) else { return persistence }
        return switch (persistence, reply.digit) {
        case (.policyUntilFixed, _): .policyUntilFixed
        case (_, 4): .temporary
        case (_, 5): .permanent
        case (.temporary, _), (.permanent, _), (.info, _): persistence
        }
    }

    var certainty: ReplyExplanation.Certainty {
        var rank = spoken.entry.certainty.rank
        let grounds = winner.grounds
        let isPositive = reply.digit == 2 || reply.digit == 3
        if !isPositive, grounds.isDisjoint(with: [.text, .event]) {
            if reply.status.map({ !$0.isBlank }) == true, grounds.contains(.status) {
                // An enhanced code names a cause, but servers choose it carelessly.
                rank = min(rank, 1)
            } else {
                rank = min(rank, grounds.contains(.code) ? 1 : 0)
            }
        }
        switch winner.wording {
        case .phrase: break
        case .words: rank = min(rank, 1)
        case .hint: rank = min(rank, isPositive ? 1 : 0)
        case .weighed: rank = 0
        }
        if winner.isOtherVendors || statusVerdict?.agrees == false || (rank == 2 && speaksForAnother) {
            rank = min(rank, 1)
        }
        if reply.code == nil, reply.status == nil, !grounds.contains(.event) { rank = min(rank, 1) }
        return rank == 2 ? .certain : rank == 1 ? .likely : .generic
    }

    /// `code, enhanced code and text agree`, and what does not.
    var sentence: String {
        var sentences = [words.agreement(of: told)]
        if winner.wording == .weighed {
            let list = witnesses.map { "'\($0)'" }.joined(separator: ", ")
            sentences.append(
                list.isEmpty ? words.sentence("weighed") : words.sentence("weighed-by", ["words": list]))
        }
        if let verdict = statusVerdict, !verdict.agrees, let status = reply.status {
            sentences.append(
                words.sentence("text-over-status", ["status": status.description, "title": verdict.title]))
        }
        if digitContradicts { sentences.append(words.sentence(reply.digit == 4 ? "text-over-4" : "text-over-5")) }
        if let code = reply.code, let status = reply.status, status.class != code / 100 {
            sentences.append(
                words.sentence("class-differs", ["code": String(code), "status": status.description]))
        }
        if reply.codesDiffer { sentences.append(words.sentence("codes-differ")) }
        if winner.isOtherVendors { sentences.append(words.sentence("other-vendor")) }
        return words.joined(sentences)
    }

    /// The grounds as they are told to a reader.
    private var told: ReplyMatch.Grounds {
        var grounds = winner.grounds
        if statusVerdict?.agrees == true { grounds.insert(.status) }
        // That the entry would take every 5yz matters only when there is nothing else to go by.
        if grounds.contains(.digit), !grounds.isDisjoint(with: [.text, .status, .event]) {
            grounds.remove(.digit)
            grounds.insert(.code)
        }
        return grounds
    }
}
