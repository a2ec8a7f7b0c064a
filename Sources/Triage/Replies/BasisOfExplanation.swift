import MailVocabulary

/// How sure an explanation is, and why.
///
/// Certain is only what words, an enhanced code with a cause or an event say without contradiction.
struct BasisOfExplanation {
    let winner: ReplyMatch
    let matches: [ReplyMatch]
    let entries: [ReplyEntry]
    let reply: NormalizedReply
    let words: CatalogueTexts

    private var entry: ReplyEntry { entries[winner.entry] }

    /// What the enhanced code alone would mean, when it names a cause and its meaning is not the winner's.
    private var statusVerdict: (agrees: Bool, id: String)? {
        guard let status = reply.status, !status.isBlank, !winner.grounds.contains(.status) else { return nil }
        let alone = matches.first { $0.grounds.contains(.status) && !$0.grounds.contains(.text) }
        guard let alone else { return nil }
        let other = entries[alone.entry]
        return (other.replyClass == entry.replyClass, other.id)
    }

    /// True when the first digit promises something else than the words do.
    private var digitContradicts: Bool {
        guard winner.grounds.contains(.text), let digit = reply.digit else { return false }
        return switch entry.persistence {
        case .temporary: digit == 5
        case .permanent, .policyUntilFixed: digit == 4
        case .info: digit == 4 || digit == 5
        }
    }

    /// The words' persistence when words were matched; otherwise what the first digit says.
    var persistence: ReplyExplanation.Persistence {
        guard !winner.grounds.contains(.text), !winner.grounds.contains(.event) else { return entry.persistence }
        return switch (entry.persistence, reply.digit) {
        case (.policyUntilFixed, _): .policyUntilFixed
        case (_, 4): .temporary
        case (_, 5): .permanent
        default: entry.persistence
        }
    }

    var certainty: ReplyExplanation.Certainty {
        var rank = entry.certainty.rank
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
        if winner.isOtherVendors || statusVerdict?.agrees == false { rank = min(rank, 1) }
        if reply.code == nil, reply.status == nil, !grounds.contains(.event) { rank = min(rank, 1) }
        return rank == 2 ? .certain : rank == 1 ? .likely : .generic
    }

    /// `code, enhanced code and text agree`, and what does not.
    var sentence: String {
        var sentences = [agreement]
        if let verdict = statusVerdict, !verdict.agrees, let status = reply.status {
            let title = words.entries[verdict.id]?.title ?? verdict.id
            sentences.append(said("text-over-status", ["status": status.description, "title": title]))
        }
        if digitContradicts {
            sentences.append(words.word(.basis, reply.digit == 4 ? "text-over-4" : "text-over-5"))
        }
        if let code = reply.code, let status = reply.status, status.class != code / 100 {
            sentences.append(said("class-differs", ["code": String(code), "status": status.description]))
        }
        if reply.codesDiffer { sentences.append(words.word(.basis, "codes-differ")) }
        if winner.isOtherVendors { sentences.append(words.word(.basis, "other-vendor")) }
        return sentences.joined(separator: words.word(.basis, "sentence-separator"))
    }

    private var agreement: String {
        let order: [ReplyMatch.Ground] = [.event, .code, .digit, .status, .text, .stage, .vendor, .condition]
        var grounds = winner.grounds
        if statusVerdict?.agrees == true { grounds.insert(.status) }
        let names = order.filter(grounds.contains).map { words.word(.basis, $0.rawValue) }
        guard let last = names.last else { return words.word(.basis, "nothing") }
        guard names.count > 1 else { return said("single", ["part": last]) }
        let list =
            names.dropLast().joined(separator: words.word(.basis, "separator")) + words.word(.basis, "last") + last
        return said("agree", ["parts": list])
    }

    private func said(_ key: String, _ values: [String: String]) -> String {
        TextTemplate(words.word(.basis, key)).filled { values[$0] }
    }
}
