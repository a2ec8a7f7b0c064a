import SMTP

/// A winner that no words of the reply speak for, weighed again by all its words together.
///
/// What the catalogue knows by phrases, by a product's words, by an enhanced code that names a cause, by an event or a session's
/// condition stays as it is, and so do positive replies.
struct WeakWinner {
    let entries: [ReplyEntry]
    let weights: ClassWeights
    let reply: NormalizedReply
    let stage: SessionStage?

    /// True when only a code, or a word that decides where nothing else does, led to the entry.
    static func isWeak(_ match: ReplyMatch, _ entry: ReplyEntry, _ reply: NormalizedReply) -> Bool {
        guard reply.digit != 2, reply.digit != 3, !reply.folded.isEmpty, entry.match.vendors.isEmpty,
            match.grounds.isDisjoint(with: [.event, .vendor, .condition])
        else { return false }
        if match.grounds.contains(.status), reply.status?.isBlank == false { return false }
        return entry.certainty == .generic || match.wording == .hint || !match.grounds.contains(.text)
    }

    /// The matches, with that of the class for which most speaks in front.
    func reconsidered(_ matches: [ReplyMatch]) -> [ReplyMatch] {
        guard let winner = matches.first, Self.isWeak(winner, entries[winner.entry], reply) else { return matches }
        let own = entries[winner.entry].replyClass
        guard let best = weights.verdict(reply, at: stage, own: own), best != own, best != .ok, best != .unknown,
            var chosen = match(of: best, in: matches)
        else { return matches }
        chosen.score = max(chosen.score, winner.score)
        chosen.wording = .weighed
        chosen.grounds.insert(.text)
        return [chosen] + matches.filter { $0.entry != chosen.entry }
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
