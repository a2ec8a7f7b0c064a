import MailVocabulary

/// A message that a server may end before its end: QUIT goes out right behind it, and every reply before the 221 belongs to what the
/// server read. No clock has to guess when the last reply has come.
extension SessionStateMachine {
    /// Before the first octet of a message that is not here: the server may end it, and answer, while the rest is read.
    mutating func beginCounting(_ now: Duration) {
        countsReplies = true
        oweFinalReplies(to: nil, now)
    }

    /// The end is out: a reply that has not begun yet is timed from here.
    mutating func countFromHere(_ now: Duration) {
        for index in due.indices where due[index].firstByte == nil { due[index].since = now }
        settleWait(since: now)
    }

    mutating func countReplies(_ now: Duration) {
        countsReplies = true
        actions.append(.send(Array("\(Command.quit.line)\r\n".utf8)))
        report(.note("QUIT went out behind the message: every reply before its 221 is counted"), now)
    }

    mutating func count(_ reply: Reply, _ now: Duration) {
        let since = due.first?.since ?? now
        let isFarewell = reply.code == 221 || reply.code == 421
        // Only the first is surely about the message; what the next ones answer is what the probe is to show.
        let isFirst = due.first?.stage == .endOfData
        let stage = isFarewell ? SessionStage.quit : isFirst ? .endOfData : .other
        let timing = ReplyTiming(firstByte: (due.first?.firstByte ?? now) - since, lastByte: now - since)
        report(
            .received(
                reply, stage: stage, command: isFarewell ? Command.quit.line : nil, timing: timing,
                tls: progress.isSecured), now)
        guard !isFarewell else {
            return end(reply.code == 221 ? .quit : .serviceClosing(421), during: .quit, at: now)
        }
        due = [DueReply(stage: .quit, command: Command.quit.line, since: since)]
        settleWait(since: now)
    }
}
