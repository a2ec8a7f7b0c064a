import MailVocabulary

/// How events change the list of steps: planned rows are taken, others are put in where they happened.
extension [SessionRecord.Step] {
    typealias Step = SessionRecord.Step

    /// A command went out. The planned row of its stage takes it, or a row of its own before those that are still to come.
    mutating func begin(_ stage: SessionStage, line: String) {
        switch stage {
        case .endOfData where line.hasPrefix("BDAT"): begin(stage, request: line)
        case .endOfData: begin(stage, request: "[typed by hand]")
        case .sender, .recipient: begin(stage, request: CommandText.path(in: line).map { "<\($0)>" } ?? line)
        case .hello: begin(stage, request: line.split(separator: " ", maxSplits: 1).dropFirst().joined())
        case .startTLS, .data, .quit, .reset: begin(stage, request: "")
        case .authenticate, .chunk, .other, .resolve, .connect, .idle: begin(stage, request: line)
        }
    }

    mutating func begin(_ stage: SessionStage, request: String) {
        let row: Index
        let home = stage == .chunk ? SessionStage.data : stage
        let planned = indices.first { self[$0].isOpen && self[$0].stage == home && isRow($0, for: request, stage) }
        if let repeated = indices.last(where: { isShared($0, by: stage, request) }) {
            row = repeated
        } else if let planned {
            row = planned
        } else {
            // Behind everything that has been done: what was typed in between is not older than what came before it.
            row = (lastIndex { !$0.isOpen } ?? -1) + 1
            insert(Step(stage: stage), at: row)
        }
        self[row].stage = stage
        // The lines of one AUTH are secrets: the row keeps the command that began it.
        let answers = stage == .authenticate && CommandText.stage(of: request) != .authenticate
        if !request.isEmpty, !answers || self[row].request.isEmpty { self[row].request = request }
        (self[row].outcome, self[row].verdict, self[row].took, self[row].event) = ("", .running, nil, nil)
    }

    /// A row belongs to the recipient or the probe that it names; every other stage has one row.
    private func isRow(_ row: Index, for request: String, _ stage: SessionStage) -> Bool {
        stage != .recipient && stage != .other || self[row].request == request
    }

    /// EHLO after TLS, another address after a dead one, the lines of one AUTH and the message behind its DATA share a row.
    private func isShared(_ row: Index, by stage: SessionStage, _ request: String) -> Bool {
        switch stage {
        case .hello, .connect, .chunk: self[row].stage == stage && !self[row].isOpen
        // Another AUTH command is another attempt.
        case .authenticate:
            self[row].stage == stage && !self[row].isOpen && CommandText.stage(of: request) != .authenticate
        case .endOfData: (self[row].stage == .data || self[row].stage == .chunk) && !self[row].isOpen
        case .resolve, .startTLS, .sender, .recipient, .data, .reset, .quit, .other, .idle: false
        }
    }

    /// The row of `stage` that runs, or the latest one.
    mutating func decide(
        _ stage: SessionStage, outcome: String, _ verdict: Step.Verdict, took: Duration? = nil, event: Int
    ) {
        let running = firstIndex { $0.stage == stage && $0.verdict == .running }
        guard let row = running ?? lastIndex(where: { $0.stage == stage }) else { return }
        (self[row].outcome, self[row].verdict, self[row].event) = (outcome, verdict, event)
        if let took { self[row].took = took }
    }

    /// A reply decides the row that its command opened.
    mutating func answer(
        _ reply: Reply, at stage: SessionStage, to command: String?, isSlow: Bool, took: Duration, event: Int
    ) {
        let isChallenge = reply.asksMore(at: stage)
        let isNoted = reply.oddities.contains { Self.worthAWarning.contains($0.kind) }
        let verdict: Step.Verdict =
            if reply.grants(stage) || isChallenge {
                stage == .data || stage == .chunk || isChallenge ? .running : isSlow || isNoted ? .warning : .done
            } else {
                switch reply.code.severity {
                case .transient: .refusedForNow
                case .permanent: .refused
                case .preliminary, .success, .intermediate, .none: .failed
                }
            }
        // Of the replies to one message in LMTP a refusal is what the row shows.
        let isDecided = !contains { $0.stage == .endOfData && $0.verdict == .running }
        if stage == .endOfData, isDecided, last(where: { $0.stage == .endOfData })?.isRefused == true { return }
        decide(stage, outcome: Self.summary(of: reply, at: stage), verdict, took: took, event: event)
    }

    mutating func secured(_ facts: TLSFacts, took: Duration, event: Int) {
        if !contains(where: { $0.stage == .startTLS }) { begin(.startTLS, request: "") }
        guard let row = lastIndex(where: { $0.stage == .startTLS }) else { return }
        let certificate =
            facts.isVerified ? "certificate ok" : facts.objections.first?.text ?? "session resumed, not verified"
        self[row].outcome = [self[row].event == nil ? "" : "220", facts.version, certificate].filter { !$0.isEmpty }
            .joined(separator: ", ")
        self[row].verdict = facts.isVerified ? .done : .warning
        self[row].took = (self[row].took ?? .zero) + took
        self[row].event = event
    }

    /// The EHLO list says whether the STARTTLS row will be needed.
    mutating func offersSTARTTLS(_ isOffered: Bool, isRequired: Bool) {
        guard let row = lastIndex(where: { $0.stage == .startTLS && $0.isOpen }) else { return }
        self[row].outcome =
            isOffered ? "" : isRequired ? "required, but not offered" : "not offered: goes on in the clear"
        self[row].verdict = isOffered ? .pending : isRequired ? .failed : .skipped
    }

    /// Nobody waits for the reply of `stage` any more.
    mutating func giveUp(_ stage: SessionStage, after: Duration, event: Int) {
        for row in indices where self[row].verdict == .running {
            (self[row].verdict, self[row].outcome) = (.failed, "no reply so far: the wait was given up")
            (self[row].took, self[row].event) = (after, event)
        }
    }

    /// The session is over: what ran has failed unless it was asked to end, what was to come will not.
    ///
    /// - Parameter after: How long that had been awaited.
    mutating func close(_ reason: CloseReason, after: Duration?, event: Int) {
        for row in indices {
            switch self[row].verdict {
            case .running:
                self[row].verdict = reason.isOrderly ? .skipped : .failed
                self[row].outcome = reason.words
                self[row].event = event
                if let after { self[row].took = (self[row].took ?? .zero) + after }
            case .pending:
                self[row].verdict = .skipped
                self[row].outcome = "not reached"
            case .done, .warning, .refusedForNow, .refused, .failed, .skipped: break
            }
        }
        if case .closedAfterQuit = reason { decide(.quit, outcome: reason.words, .warning, event: event) }
    }

    private static var worthAWarning: Set<Oddity.Kind> {
        [.maskedBanner, .codeChangedMidReply, .replyCut, .lineCut, .statusContradictsCode, .carriageReturnsDoubled]
    }

    private static func summary(of reply: Reply, at stage: SessionStage) -> String {
        guard stage == .hello, reply.grants(.hello), reply.lines.count > 1 else {
            // No row is as long as a giant line.
            let first =
                reply.reading?.texts.first.map { String($0.prefix(500)) }
                ?? reply.lines.first.map { String(decoding: $0.prefix(500), as: UTF8.self) }
            return "\(reply.code)" + (first.map { $0.isEmpty ? "" : " " + $0 } ?? "")
        }
        let keywords = EHLOKeyword.list(in: reply)
        let size = keywords.first { $0.name == "SIZE" && !$0.parameters.isEmpty }
        let count = keywords.count == 1 ? "1 extension" : "\(keywords.count) extensions"
        return "\(reply.code) \(count)" + (size.map { ", \($0)" } ?? "")
    }
}
