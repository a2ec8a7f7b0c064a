import Canvas
import DNS
import MailVocabulary
import SMTP
import Triage

/// The session's side of the reducer.
extension Dashboard {
    /// Starts a new session with the settings as they are, and runs it up to a stage; asks first for what a login needs.
    mutating func startSession(upTo stage: SessionStage? = nil) -> [Effect] {
        guard settings.plan != nil else {
            notice = Notice("no server yet: type one", .bad)
            prompt = .options(OptionsForm(settings))
            return []
        }
        return begin(.session(upTo: stage))
    }

    /// Starts it for good; the names are looked up beside it, never before it.
    mutating func startSession(upTo stage: SessionStage?, with secrets: SessionSecrets) -> [Effect] {
        guard let plan = settings.plan else { return [] }
        return startSession(plan, upTo: stage, with: secrets) + examineTarget()
    }

    /// Starts a session by a plan of its own.
    mutating func startSession(_ plan: SessionPlan, upTo stage: SessionStage?, with secrets: SessionSecrets) -> [Effect]
    {
        var effects = incident.sessions.indices.filter { incident.sessions[$0].isOpen }
            .map { Effect.order(session: $0, .drop) }
        let index = incident.sessions.count
        incident.sessions.append(SessionRecord(plan: plan))
        (incident.chosen, beginnings[index]) = (nil, now)
        markLogs()
        if logFilter == .message || logFilter == .connection { logFilter = .all }
        remarkLines()
        (explained, turnedTo, isReadingTranscript, retryTimer) = (nil, nil, false, nil)
        panes[.session] = nil
        notice = Notice(
            settings.isReadOnly ? "read-only: nothing is ever sent" : "rehearsal: no message is sent in this run")
        effects.append(.converse(session: index, plan, secrets))
        if let stage { effects.append(.order(session: index, .run(upTo: stage))) }
        return effects
    }

    /// The DNS side of the target and the recipient; what was asked before is not asked again.
    mutating func examineTarget() -> [Effect] {
        guard let plan = settings.plan else { return [] }
        var effects: [Effect] = []
        var domain: String?
        switch plan.target.destination {
        case .domain(let name): domain = name
        case .host(let name):
            domain = plan.recipients.first.flatMap { Mailbox($0.forwardPath)?.domain }
            if let address = IPAddress(name) { effects += examine(.address(address, role: .target)) }
        }
        if let domain, let name = DNSName(domain) {
            incident.domain = name
            effects += examine(.domain(name))
        }
        return effects
    }

    /// Begins to examine `subject` unless that was done.
    mutating func examine(_ subject: DNSSubject) -> [Effect] {
        guard incident.begin(subject) else { return [] }
        let questions = incident.takeQuestions(of: subject)
        return questions.isEmpty ? [] : [.ask(subject, questions)]
    }

    /// What SPF makes of our envelope sender at the address that the server sees. An address of a private range is not the one
    /// that the world sees, so nothing is concluded from it.
    private mutating func examineSender(from address: IPAddress) -> [Effect] {
        guard !address.isPrivate, let plan = incident.session?.plan,
            let sender = SPFSender(source: address, reversePath: plan.reversePath, helloName: plan.helloName)
        else { return [] }
        return examine(.sender(sender))
    }

    /// Looks everything up again.
    mutating func examineAgain() -> [Effect] {
        for subject in incident.subjects { incident.forget(subject) }
        var effects = examineTarget()
        if let session = incident.session {
            if let remote = session.remote { effects += examine(.address(remote.address, role: .target)) }
            if let local = session.local {
                effects += examine(.address(local.address, role: .source))
                effects += examineSender(from: local.address)
            }
        }
        return effects
    }

    mutating func began(_ index: Int, _ plan: SessionPlan) {
        guard incident.sessions.indices.contains(index), incident.sessions[index].events.isEmpty else { return }
        incident.sessions[index] = SessionRecord(plan: plan)
    }

    mutating func happened(_ index: Int, _ event: SessionEvent) -> [Effect] {
        guard incident.sessions.indices.contains(index) else { return [] }
        incident.sessions[index].append(event)
        guard index == incident.current, !replays.contains(index) else { return [] }
        var effects: [Effect] = []
        switch event.fact {
        case .connected(let local, let remote, _):
            // A socket of the file system or a command has no addresses to look into.
            if let remote { effects += examine(.address(remote.address, role: .target)) }
            if let local {
                effects += examine(.address(local.address, role: .source))
                effects += examineSender(from: local.address)
            }
        case .received(let reply, let stage, _, _, _):
            raiseBadge(.explanation)
            // A reply that nobody has read stands before whatever was being explained.
            explained = nil
            if notice?.tone == .waiting { notice = nil }
            if !reply.isPositive, reply.code.severity != .intermediate, focus != .session {
                notice = Notice(Phrase(quoting: "\(stage.stepName): \(reply.code) \(reply.texts.first ?? "")"), .bad)
            }
            if stage == .endOfData, reply.isPositive { messageAccepted() }
            effects += followUp(index, reply, at: stage)
        case .closed(let reason, let stage):
            if reason.leavesOutcomeUnknown(at: stage) {
                notice = Notice(
                    "the connection ended after the final dot: the server may have taken the message; look in the log "
                        + "before sending it again", .bad)
            } else if let verdict = incident.session.flatMap(SmugglingVerdict.init) {
                notice = Notice(verdict.words, verdict.isFooled ? .bad : .plain)
            } else if reason != .quit {
                notice = Notice(
                    reason.words, reason == .droppedByOperator || reason == .closedAfterQuit ? .plain : .bad)
            }
        case .waiting(let stage, let passed, let octets):
            let stageName: Phrase =
                stage == .connect
                ? "the greeting" : stage == .resolve ? "the name server" : "the reply to \(stage.rawValue)"
            notice = Notice(
                octets > 0
                    ? "\(stageName): \(octets) octets in \(passed.brief), and no end yet; K waits on, U goes on without it, Ctrl-C drops"
                    : "waiting for \(stageName) for \(passed.brief); K waits on, U goes on without it, Ctrl-C drops",
                .waiting)
        case .gaveUp(let stage, let passed, _):
            notice = Notice("the wait for the reply to \(stage.rawValue) was given up after \(passed.brief)")
        case .note(let sentence):
            notice = Notice(sentence)
        case .resolved, .connecting, .sent, .sentMessage, .replyBegan, .secured, .oddity:
            break
        }
        return effects + concludeRun(index)
    }

    /// The server's 250 carried an id: the log pane turns to that message by itself.
    private mutating func messageAccepted() {
        let bytes = incident.session?.events.reversed().lazy.compactMap {
            if case .sentMessage(let bytes, _, _, _) = $0.fact { bytes } else { nil }
        }.first
        let recipients = incident.session?.progress.recipients.values.filter { $0 == .accepted }.count ?? 0
        let size: Phrase = bytes.map { ", \($0) bytes," } ?? ""
        notice = Notice(
            recipients == 1
                ? "sent 1 message\(size) to 1 recipient" : "sent 1 message\(size) to \(recipients) recipients", .good)
        turnToMessage()
    }

    /// Turns the log pane to the accepted message as soon as the log has it.
    mutating func turnToMessage() {
        guard let key = incident.acceptedMessage, turnedTo != key, incident.messageTrace != nil else { return }
        turnedTo = key
        logFilter = .message
        panes[.log] = nil
        if layout.secondary != nil, secondary != .walkthrough { secondary = .log }
        remarkLines()
    }

    /// The order for the current session, if it is open.
    mutating func order(_ order: SessionOrder) -> [Effect] {
        guard let index = incident.current, incident.sessions[index].isOpen, !reopened.contains(index) else {
            notice = Notice(
                isSavedInView ? whatIsSaved : "no connection is open: r connects and runs, o only connects", .bad)
            return []
        }
        guard !replays.contains(index) else {
            notice = Notice("a replay takes no orders: r connects anew", .bad)
            return []
        }
        if settings.isReadOnly, order.mayDeliver {
            notice = Notice("read-only: started with --readonly, so no message is ever begun", .bad)
            return []
        }
        explained = nil
        // Whoever sends does not wait for another rehearsal.
        if order.mayDeliver { retryTimer = nil }
        return [.order(session: index, order)]
    }

    /// Whom a key would connect to while a saved session is in view.
    var whatIsSaved: Phrase {
        guard let target = settings.target else { return "a saved session, nothing is connected: e names a server" }
        return "a saved session, nothing is connected: r connects to \(target.typed)"
    }

    /// Runs the plan up to a stage, on the open connection or on a new one.
    mutating func run(upTo wanted: SessionStage? = nil) -> [Effect] {
        let stage = wanted ?? settings.stopAfter
        guard let session = incident.session, session.isOpen, !isSavedInView else { return startSession(upTo: stage) }
        if session.isWaiting { return order(.run(upTo: stage)) }
        switch session.suggestion?.stage {
        case .data?, .chunk?, .endOfData?:
            notice = Notice("the rehearsal is done: S sends, R starts again on a new connection")
            return []
        case .quit?, nil:
            // Nothing of the plan is left on this connection: again means anew.
            return startSession(upTo: stage)
        case let next? where next != .other && next != .reset && next > stage:
            notice = Notice("the run stops after \(stage.rawValue), as it is set: e changes that, c goes on by hand")
            return []
        case .resolve?, .connect?, .hello?, .startTLS?, .authenticate?, .sender?, .recipient?, .reset?, .other?, .idle?:
            return order(.run(upTo: stage))
        }
    }
}

extension SessionOrder {
    /// Whether it can put a message into a mailbox: the confirmed order, or the commands typed by hand.
    fileprivate var mayDeliver: Bool {
        switch self {
        case .sendMessage: true
        case .type(let line):
            CommandText.stage(of: line) == .data || line.drop { $0 == " " }.lowercased().hasPrefix("bdat")
        case .proceed, .run, .keepWaiting, .stopWaiting, .quit, .drop: false
        }
    }
}
