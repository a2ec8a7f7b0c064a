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
        let chunkSize = progress.isDataOpen ? nil : plan.services.chunk
        if let chunkSize { announceChunks(of: message, size: chunkSize, now) }
        if chunkSize == nil, message.isHeld {
            let wire = message.wire
            actions.append(.send(wire))
            return messageIsOut(message, octets: wire.count, now)
        }
        outgoing = OutgoingMessage(message, chunkSize: chunkSize)
        if chunkSize == nil, message.mayEndEarly { beginCounting(now) }
        goOn(now)
    }

    private mutating func announceChunks(of message: ComposedMessage, size: Int, _ now: Duration) {
        let count = max(1, (message.octets + max(1, size) - 1) / max(1, size))
        report(
            .note(
                "the message: \(message.octets) octets, chunks: \(count), "
                    + "Subject: \(plan.message.ownSubject ?? plan.message.subject)"), now)
    }

    /// The final dot is out.
    private mutating func messageIsOut(_ message: ComposedMessage, octets: Int, _ now: Duration) {
        let fact = SessionFact.sentMessage(
            bytes: octets, lines: message.lines, subject: plan.message.ownSubject ?? plan.message.subject,
            tls: progress.isSecured)
        report(fact, now)
        if countsReplies { countFromHere(now) } else { oweFinalReplies(to: nil, now) }
        if message.mayEndEarly { countReplies(now) }
        dropIfPlanned(after: .endOfData, now)
    }

    /// Sends what is here of the message, until something has to be read or a reply has to be awaited.
    mutating func goOn(_ now: Duration) {
        while phase == .open, let step = outgoing?.next() {
            switch step {
            case .send(let bytes): actions.append(.send(bytes))
            case .read(let request):
                actions.append(.read(request))
                return expect(isAwaiting ? currentStage : .data, limit: plan.deadlines.dataBlock, since: now)
            case .begin(let chunk, let octets): begin(chunk, octets, now)
            case .chunkEnded(let isLast):
                let isOver = isLast || outgoing?.endsWithChunk == true
                if isOver { outgoing = nil }
                settleWait(since: now)
                dropIfPlanned(after: isLast ? .endOfData : .chunk, now)
                // Where the server offers PIPELINING and the plan wants it, the chunks do not wait for each other, RFC 3030 §2.
                if isOver || isAwaiting && !(plan.pipelines && progress.offers("PIPELINING")) { return }
            case .ended:
                guard let done = outgoing else { return }
                outgoing = nil
                wait = nil
                messageIsOut(done.message, octets: done.sent, now)
            case .short: return contentFailed("the message is shorter than it was", now)
            }
        }
    }

    private mutating func begin(_ chunk: OutgoingMessage.Chunk, _ octets: [UInt8], _ now: Duration) {
        actions.append(.send(Array(chunk.line.utf8) + [0x0D, 0x0A] + octets))
        let stage = chunk.isLast ? SessionStage.endOfData : .chunk
        report(.sent(stage: stage, line: chunk.line, tls: progress.isSecured), now)
        if chunk.isLast {
            oweFinalReplies(to: chunk.line, now)
        } else {
            owe(DueReply(stage: .chunk, command: chunk.line, since: now))
        }
    }

    /// The piece of a file that was asked for.
    public mutating func content(_ bytes: [UInt8], at now: Duration) -> [SessionAction] {
        guard phase == .open, outgoing != nil else { return take() }
        if case .send(let bytes) = outgoing?.take(bytes) { actions.append(.send(bytes)) }
        goOn(now)
        advance(now)
        return take()
    }

    /// A file of the message cannot be read any more. Without its end no server takes the message: the connection is closed.
    ///
    /// - Parameter words: What happened, in one sentence.
    public mutating func contentFailed(_ words: String, at now: Duration) -> [SessionAction] {
        contentFailed(words, now)
        return take()
    }

    private mutating func contentFailed(_ words: String, _ now: Duration) {
        end(.unreadable("\(words): the message was broken off, and nobody takes it"), during: currentStage, at: now)
    }

    /// How much of the message the server has taken, when it takes no more.
    mutating func noteStall(since: Duration, _ now: Duration) {
        guard let outgoing else { return }
        let words =
            "the server has taken no more of the message for \((now - since).components.seconds) s: \(outgoing.sent) "
            + "octets of about \(outgoing.message.octets) are written"
        report(.note(words), now)
    }

    /// A refusal before the final dot. What would follow it belongs to no command any more: the rest is not sent, and the session
    /// is over, as only the dot could end the text.
    mutating func refusedMidway(_ reply: Reply, _ now: Duration) {
        let timing = ReplyTiming(firstByte: .zero, lastByte: .zero)
        report(
            .received(reply, stage: .endOfData, command: nil, timing: timing, tls: progress.isSecured), now)
        if reply.code == 421 { return end(.serviceClosing(421), during: .data, at: now) }
        let words = "\(reply.code) before the final dot: the rest of the message is not sent"
        end(.protocolViolation(Oddity(.unsolicited, words)), during: .data, at: now)
    }

    /// After a refused chunk nothing but RSET makes sense, RFC 3030 §2: once every octet is out that was announced.
    mutating func chunkRefused() {
        if outgoing?.isMidway == true { outgoing?.endsWithChunk = true } else { outgoing = nil }
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
