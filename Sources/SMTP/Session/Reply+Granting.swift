import MailVocabulary

extension Reply {
    /// True when the reply gives what a command of `stage` asks for: the right first digit, and nothing that contradicts it.
    public func grants(_ stage: SessionStage) -> Bool {
        guard isPositive else { return false }
        switch stage {
        case .data: return code.severity == .intermediate
        case .connect, .startTLS: return code == 220
        case .hello, .authenticate, .sender, .recipient, .chunk, .endOfData, .reset, .quit, .other, .resolve, .idle:
            return code.severity == .success
        }
    }

    /// True when the reply neither grants nor refuses: a 334 of AUTH, RFC 4954 §4, and the 353 that announces a reply for each
    /// recipient.
    public func asksMore(at stage: SessionStage) -> Bool {
        stage == .authenticate && code == 334 || stage == .endOfData && code == 353
    }

    /// True when the reply refuses what a command of `stage` asks for.
    public func refuses(_ stage: SessionStage) -> Bool { !grants(stage) && !asksMore(at: stage) }
}
