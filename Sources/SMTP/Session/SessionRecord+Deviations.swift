import MailVocabulary

extension SessionRecord {
    /// Deviations in the order in which they were seen, each with its event and what was being answered. Outside text.
    public var deviations: [(event: Int, command: String, oddity: Oddity)] {
        events.indices.flatMap { index -> [(event: Int, command: String, oddity: Oddity)] in
            switch events[index].fact {
            case .received(let reply, let stage, let command, _, _):
                return reply.oddities.map {
                    (index, command ?? (stage == .connect ? "the greeting" : "nothing was asked"), $0)
                }
            case .oddity(let oddity, let stage): return [(index, stage.rawValue, oddity)]
            case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .secured, .waiting, .gaveUp,
                .closed,
                .note:
                return []
            }
        }
    }
}
