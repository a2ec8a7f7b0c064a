import MailVocabulary

extension SessionStateMachine {
    mutating func obey(_ order: SessionOrder, _ now: Duration) {
        guard phase != .closed else { return }
        switch order {
        case .drop: return end(.droppedByOperator, during: currentStage, at: now)
        case .quit where phase != .open || isInsideText || authenticationPrompt != nil:
            // Nobody listens to commands yet, or a QUIT would become a line of the message or an answer to a 334.
            return end(.droppedByOperator, during: currentStage, at: now)
        case .stopWaiting: return stopWaiting(now)
        case .keepWaiting: return keepWaiting(now)
        case .quit, .type, .proceed, .run, .sendMessage: break
        }
        // Between STARTTLS and the end of its handshake nothing may be said in the clear, RFC 3207 §4.
        guard phase == .open, !due.contains(where: { $0.stage == .startTLS }) else { return held.append(order) }
        guard outgoing?.isMidway != true else {
            return report(.note("not sent: the message is on its way, and this would become a line of it"), now)
        }
        switch order {
        case .type(let line): type(line, now)
        case .proceed: if let step = progress.suggestion { perform(step, now) }
        case .run(let stage): pursue(.stage(stage), now)
        case .sendMessage: if progress.isDataOpen { sendMessage(now) } else { pursue(.message, now) }
        case .quit: send(Command.quit.line, .quit, now)
        case .drop, .keepWaiting, .stopWaiting: break
        }
    }

    private mutating func keepWaiting(_ now: Duration) {
        guard wait?.limit != nil else { return }
        wait?.limit = nil
        report(.note("waiting without a limit"), now)
    }

    private mutating func stopWaiting(_ now: Duration) {
        guard phase == .open, !due.contains(where: { $0.stage == .startTLS }) else {
            // Until the answer to STARTTLS is known nothing may be said, RFC 3207 §4.
            return end(.droppedByOperator, during: currentStage, at: now)
        }
        // The server takes everything for text until the message is whole.
        if outgoing?.isMidway == true { return end(.droppedByOperator, during: currentStage, at: now) }
        let open = due.filter { !$0.isGivenUp }
        guard let first = open.first else { return }
        report(.gaveUp(stage: first.stage, after: now - first.since, replies: open.count), now)
        for index in due.indices { due[index].isGivenUp = true }
        (goal, outgoing, exchange, authenticationPrompt, wait) = (nil, nil, nil, nil, nil)
    }

    /// A command would be taken for a line of the message.
    private var isInsideText: Bool { progress.isDataOpen || outgoing?.isMidway == true }

    private mutating func pursue(_ goal: Goal, _ now: Duration) {
        self.goal = goal
        advance(now)
    }

    mutating func perform(_ step: SuggestedStep, _ now: Duration) {
        if step.stage == .authenticate { return beginAuthentication(now) }
        if step.stage == .sender {
            for words in [progress.proofLeftOut].compactMap(\.self) + progress.leftOut { report(.note(words), now) }
        }
        if step.stage == .chunk { return sendMessage(now) }
        type(step.line, now)
        if step.stage == .sender, let goal, plan.pipelines { pipeline(towards: goal, now) }
    }

    /// What need not wait for the answer to MAIL goes out with it, RFC 2920 §3.1.
    private mutating func pipeline(towards goal: Goal, _ now: Duration) {
        guard progress.offers("PIPELINING") else {
            return report(.note("left out: pipelining, because the server does not offer PIPELINING"), now)
        }
        guard goal == .message || goal == .stage(.recipient) else { return }
        for recipient in plan.recipients where phase == .open {
            let parameters = progress.parameters(of: recipient)
            send(Command.recipient(recipient.forwardPath, parameters: parameters).line, .recipient, now)
        }
        // BDAT waits for the verdicts: a chunk for nobody would be refused, and be carried in vain.
        if goal == .message, plan.services.chunk == nil, phase == .open { send(Command.data.line, .data, now) }
    }

    /// Sends a line exactly as it was typed, in whatever state the session is.
    private mutating func type(_ line: String, _ now: Duration) {
        let text: CommandText
        do throws(CommandFault) { text = try CommandText(typed: line) } catch {
            return report(.note("not sent: \(error)"), now)
        }
        guard progress.isDataOpen else { return send(line, text.stage, now) }
        if line == "." { return send(line, .endOfData, now) }
        actions.append(.send(Array(line.utf8) + [0x0D, 0x0A]))
        report(.sent(stage: .data, line: redaction.scrub(line), tls: progress.isSecured), now)
    }

    mutating func send(_ line: String, _ stage: SessionStage, _ now: Duration) {
        guard phase == .open else { return }
        let answers = authenticationPrompt != nil || due.contains { $0.stage == .authenticate }
        let record = redaction.record(line, answersAuthentication: answers, prompt: authenticationPrompt ?? [])
        let stage = answers ? SessionStage.authenticate : stage
        authenticationPrompt = nil
        actions.append(.send(Array(line.utf8) + [0x0D, 0x0A]))
        report(.sent(stage: stage, line: record, tls: progress.isSecured), now)
        if stage == .endOfData {
            oweFinalReplies(to: record, now)
        } else {
            owe(DueReply(stage: stage, command: record, since: now))
        }
        dropIfPlanned(after: stage, now)
    }

    mutating func dropIfPlanned(after stage: SessionStage, _ now: Duration) {
        guard plan.dropsBeforeReply == stage else { return }
        report(.note("dropped before the reply to \(stage.rawValue), as planned"), now)
        end(.droppedByOperator, during: stage, at: now)
    }

    mutating func owe(_ reply: DueReply) {
        let isFirst = !isAwaiting
        due.append(reply)
        if isFirst { settleWait(since: reply.since) }
    }
}
