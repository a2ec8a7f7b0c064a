import MailVocabulary

/// The message, by DATA or by BDAT.
extension SessionStateMachine {
    mutating func sendMessage(_ now: Duration) {
        goal = nil
        let message: ComposedMessage
        do throws(CommandFault) {
            message = try MessageComposer.compose(
                plan, number: progress.messagesTaken + 1, for: progress.transparency)
        } catch {
            return report(.note("not sent: \(error)"), now)
        }
        // After a 354 the server wants the final dot, whatever the plan says: BDAT never follows DATA, RFC 3030 §2.
        if let size = plan.services.chunk, !progress.isDataOpen {
            return begin(ChunkedMessage(message.bytes, size: size), now)
        }
        let wire = message.wire
        actions.append(.send(wire))
        let fact = SessionFact.sentMessage(
            bytes: wire.count, lines: message.lines, subject: plan.message.ownSubject ?? plan.message.subject,
            tls: progress.isSecured)
        report(fact, now)
        oweFinalReplies(to: nil, now)
        if message.mayEndEarly { countReplies(now) }
        dropIfPlanned(after: .endOfData, now)
    }

    /// Where the server offers PIPELINING and the plan wants it, the chunks do not wait for each other, RFC 3030 §2.
    private mutating func begin(_ message: ChunkedMessage, _ now: Duration) {
        let count = message.rest.count
        report(
            .note(
                "the message: \(message.octets) octets, chunks: \(count), "
                    + "Subject: \(plan.message.ownSubject ?? plan.message.subject)"), now)
        chunks = message
        sendChunk(now)
        guard plan.pipelines, progress.offers("PIPELINING") else { return }
        while phase == .open, chunks?.rest.isEmpty == false { sendChunk(now) }
    }

    mutating func sendChunk(_ now: Duration) {
        guard let chunk = chunks?.next() else { return }
        if chunk.isLast { chunks = nil }
        actions.append(.send(Array(chunk.line.utf8) + [0x0D, 0x0A] + chunk.bytes))
        let stage = chunk.isLast ? SessionStage.endOfData : .chunk
        report(.sent(stage: stage, line: chunk.line, tls: progress.isSecured), now)
        if chunk.isLast {
            oweFinalReplies(to: chunk.line, now)
        } else {
            owe(DueReply(stage: .chunk, command: chunk.line, since: now))
        }
        dropIfPlanned(after: stage, now)
    }

    /// After a refused chunk nothing but RSET makes sense, RFC 3030 §2.
    mutating func chunkRefused() {
        chunks = nil
        resetsTransaction = true
    }

    /// In LMTP the replies to the final dot come in the order of the accepted recipients, RFC 2033 §4.2.
    mutating func oweFinalReplies(to command: String?, _ now: Duration) {
        guard plan.isLMTP else { return owe(DueReply(stage: .endOfData, command: command, since: now)) }
        for path in progress.acceptedPaths { owe(DueReply(stage: .endOfData, command: "<\(path)>", since: now)) }
    }

    /// The 353 of PRDR: a reply for each accepted recipient follows, and one for the whole message.
    mutating func oweRecipientReplies(_ now: Duration) {
        let replies = progress.acceptedPaths.map { DueReply(stage: .endOfData, command: "<\($0)>", since: now) }
        due.insert(contentsOf: replies + [DueReply(stage: .endOfData, command: "the whole message", since: now)], at: 0)
        settleWait(since: now)
    }
}
