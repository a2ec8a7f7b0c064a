import SMTP

/// A winner that could be another: weighed again by all words of the reply together.
///
/// What the catalogue knows for certain, by a product's words, an event or a session's condition stays as it is, and so do
/// positive replies.
struct DoubtedWinner {
    let entries: [ReplyEntry]
    let weights: ClassWeights
    let reply: NormalizedReply
    let stage: SessionStage?

    /// Why the entry could be wrong; `nil` when it is not doubted.
    static func doubt(_ match: ReplyMatch, _ entry: ReplyEntry, _ reply: NormalizedReply) -> ClassWeights.Doubt? {
        guard reply.digit != 2, reply.digit != 3, !reply.folded.isEmpty, entry.match.vendors.isEmpty,
            match.grounds.isDisjoint(with: [.event, .vendor, .condition])
        else { return nil }
        let namesCause = match.grounds.contains(.status) && reply.status?.isBlank == false
        guard match.grounds.contains(.text) else { return namesCause ? .enhancedCode : .weak }
        if match.wording == .phrase, entry.certainty == .certain { return nil }
        return match.wording == .hint || (entry.certainty == .generic && !namesCause) ? .weak : .likely
    }

    /// The matches, with that of the class for which most speaks in front, and the words that speak for it.
    func reconsidered(_ matches: [ReplyMatch]) -> (matches: [ReplyMatch], words: [String]) {
        guard let winner = matches.first, let doubt = Self.doubt(winner, entries[winner.entry], reply) else {
            return (matches, [])
        }
        let own = entries[winner.entry].replyClass
        guard let best = weights.verdict(reply, at: stage, own: own, doubt), best != own, best != .ok,
            best != .unknown, var chosen = match(of: best, in: matches)
        else { return (matches, []) }
        chosen.score = max(chosen.score, winner.score)
        chosen.wording = .weighed
        chosen.grounds.insert(.text)
        return (
            [chosen] + matches.filter { $0.entry != chosen.entry },
            weights.witnesses(in: reply, for: best, against: own)
        )
    }

    /// The best match of a class, or its stand-in.
    private func match(of replyClass: ReplyClass, in matches: [ReplyMatch]) -> ReplyMatch? {
        if let match = matches.first(where: {
            entries[$0.entry].replyClass == replyClass && entries[$0.entry].match.vendors.isEmpty
        }) {
            return match
        }
        guard let id = weights.standIns[replyClass] else { return nil }
        return entries.firstIndex { $0.id == id }.map { ReplyMatch(entry: $0) }
    }
}
