import MailVocabulary

/// What a plan would say to a server that offers and grants everything it needs, without a connection.
///
/// The state machine runs as it does against a server, so that no second piece of code has to know what is said when. What AUTH would
/// say is left out but for its command: no secret is read for this.
public struct DryRun: Hashable, Sendable {
    /// `C:` lines in their order; `--` lines tell what is not a command.
    public private(set) var lines: [String] = []

    private var machine: SessionStateMachine
    private var isOver = false
    /// What the AUTH of the plan would say, until its place has come.
    private var proof: [String] = []

    /// - Parameter plan: With its message, as far as that depends on no server.
    public init(_ plan: SessionPlan) {
        var bare = plan
        bare.authentication = nil
        // Nobody is there whose certificate could be the pinned one.
        bare.security.pins = []
        (bare.greetsAgain, bare.messages) = (false, 1)
        machine = SessionStateMachine(plan: bare)
        if let authentication = plan.authentication, plan.stopAfter >= .authenticate {
            proof = Self.lines(of: authentication)
            if plan.greetsAgain { proof.append("C: " + Command.extendedHello(plan.helloName).line) }
        }
        connect()
        let errand: SessionOrder = plan.stopAfter >= .data ? .sendMessage : .run(upTo: plan.stopAfter)
        perform(machine.order(errand, at: .zero))
        if !plan.target.implicitTLS { hear("220 the server\r\n") } else { secure() }
        if plan.target.implicitTLS { hear("220 the server\r\n") }
        guard !isOver else { return }
        takeProof()
        if plan.messages > 1, plan.stopAfter >= .data { lines.append("-- and so on: \(plan.messages) messages in all") }
        perform(machine.order(plan.dropsAtEnd ? .drop : .quit, at: .zero))
    }

    private mutating func connect() {
        let target = machine.plan.target
        let command = machine.plan.connection.command
        perform(machine.started(at: .zero))
        lines.append("-- would connect to " + EvidenceText.escaped(command ?? target.typed))
        if let proxy = machine.plan.connection.proxy { lines.append("-- by way of \(proxy)") }
        perform(machine.connecting(toCommand: target.typed, at: .zero))
        perform(machine.connectedToStream(took: .zero, at: .zero))
    }

    private static func lines(of plan: AuthenticationPlan) -> [String] {
        let user = EvidenceText.escaped(plan.user)
        guard let mechanism = plan.mechanism else {
            return ["-- AUTH as \(user), with the best mechanism that the server offers; the secret was not read"]
        }
        return ["C: AUTH \(mechanism.rawValue) \(Redaction.mark)", "-- as \(user); the secret was not read"]
    }

    private mutating func perform(_ actions: [SessionAction]) {
        var answers = ""
        var startsTLS = false
        for action in actions {
            switch action {
            case .send: break
            case .startTLS: startsTLS = true
            // Whoever asks for a dry run has read the files before.
            case .read(let request):
                perform(machine.contentFailed("\(request.file.path) was not read", at: .zero))
            case .close: isOver = true
            case .report(let event): answers += answer(to: event)
            }
        }
        if startsTLS { secure() }
        if !answers.isEmpty, !isOver { hear(answers) }
    }

    private mutating func hear(_ text: String) { perform(machine.received(Array(text.utf8), at: .zero)) }

    private mutating func secure() {
        lines.append("-- TLS")
        perform(machine.secured(TLSFacts(version: "TLSv1.3", cipher: ""), took: .zero, at: .zero))
    }

    /// Takes the event down, and says what a server would that grants everything.
    private mutating func answer(to event: SessionEvent) -> String {
        switch event.fact {
        case .sent(let stage, let line, _):
            prove(before: stage, line)
            lines += TranscriptText.lines(of: event).map { String($0.dropFirst(Self.margin)) }
            return reply(to: stage, line)
        case .sentMessage:
            lines += TranscriptText.lines(of: event).map { String($0.dropFirst(Self.margin)) }
            return finalReplies
        case .note:
            lines += TranscriptText.lines(of: event).map { String($0.dropFirst(Self.margin)) }
            return ""
        case .closed(let reason, _):
            if reason == .droppedByOperator {
                lines.append("-- the connection is dropped")
            } else if !reason.isOrderly {
                lines.append("-- " + EvidenceText.escaped(reason.words))
            }
            return ""
        case .resolved, .connecting, .connected, .replyBegan, .received, .secured, .oddity, .waiting, .gaveUp: return ""
        }
    }

    /// The time and the two blanks before a line of a transcript.
    private static let margin = 11

    /// AUTH stands behind EHLO, STARTTLS and XCLIENT, and before everything else.
    private mutating func prove(before stage: SessionStage, _ line: String) {
        let isEarlier = stage == .hello || stage == .startTLS || line.hasPrefix("XCLIENT ")
        if !isEarlier { takeProof() }
    }

    private mutating func takeProof() {
        lines += proof
        proof = []
    }

    private func reply(to stage: SessionStage, _ line: String) -> String {
        switch stage {
        case .hello: line.hasPrefix("HELO") ? "250 the server\r\n" : "250-the server\r\n" + Self.extensions
        case .startTLS: "220 go ahead\r\n"
        case .data: "354 go ahead\r\n"
        case .endOfData: finalReplies
        case .quit: "221 bye\r\n"
        case .other where line.hasPrefix("XCLIENT "): "220 the server\r\n"
        case .resolve, .connect, .authenticate, .sender, .recipient, .chunk, .reset, .other, .idle: "250 ok\r\n"
        }
    }

    /// One reply; in LMTP one for each recipient, with PRDR one for each and one for all.
    private var finalReplies: String {
        let each = String(repeating: "250 ok\r\n", count: machine.plan.recipients.count)
        // Behind a message that may end early a QUIT is out already.
        if machine.countsReplies { return "250 ok\r\n221 bye\r\n" }
        if machine.plan.isLMTP { return each }
        return machine.plan.services.wantsRecipientReplies ? "353 each\r\n" + each + "250 ok\r\n" : "250 ok\r\n"
    }

    /// The same on each side of TLS: no note about a difference that no server made.
    private static let extensions: String = {
        let keywords = [
            "SIZE", "8BITMIME", "SMTPUTF8", "DSN", "PIPELINING", "CHUNKING", "BINARYMIME", "PRDR", "DELIVERBY",
            "MT-PRIORITY", "FUTURERELEASE", "REQUIRETLS", "XCLIENT", "XFORWARD", "STARTTLS",
        ]
        return keywords.map { "250\($0 == "STARTTLS" ? " " : "-")\($0)\r\n" }.joined()
    }()
}
