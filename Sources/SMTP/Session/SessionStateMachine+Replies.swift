import MailVocabulary

extension SessionStateMachine {
    /// Bytes of the server. Give everything that has arrived by now in one go: what lies behind a reply before the next command
    /// goes out was not asked for.
    public mutating func received(_ bytes: some Sequence<UInt8>, at now: Duration) -> [SessionAction] {
        guard phase == .open else { return take() }
        notePause(now)
        parser.feed(bytes)
        noteFirstByte(now)
        while phase == .open, let output = parser.next() {
            switch output {
            case .reply(let reply): answer(reply, now)
            case .junk(let oddity): stray(oddity, now)
            }
            noteFirstByte(now)
        }
        guard phase == .open else { return take() }
        nameWrongProtocol(now)
        announceFirstByte(now)
        releaseHeld(now)
        advance(now)
        return take()
    }

    private mutating func noteFirstByte(_ now: Duration) {
        guard !parser.isEmpty, !due.isEmpty else { return }
        if due[0].firstByte == nil { due[0].firstByte = now }
        due[0].latestByte = now
    }

    /// How long the server said nothing in the middle of a reply.
    private mutating func notePause(_ now: Duration) {
        guard let first = due.first, let latest = first.latestByte, now - latest >= ReplyTiming.Pause.least,
            first.pauses.count < ReplyTiming.Pause.most
        else { return }
        due[0].pauses.append(.init(afterLine: parser.openLines, length: now - latest))
    }

    /// A reply that is not whole yet has at least begun: that is worth knowing while the rest is awaited.
    private mutating func announceFirstByte(_ now: Duration) {
        guard let first = due.first, let begun = first.firstByte, !first.isAnnounced else { return }
        due[0].isAnnounced = true
        report(.replyBegan(stage: first.stage, after: begun - first.since), now)
    }

    private mutating func answer(_ received: Reply, _ now: Duration) {
        var reply = scrubbed(received)
        if countsReplies { return count(reply, now) }
        guard !due.isEmpty else {
            // A chunk has its length: it is finished whatever comes meanwhile.
            if let outgoing, outgoing.isMidway, !outgoing.isChunked, reply.refuses(.endOfData) {
                return refusedMidway(reply, now)
            }
            reply.oddities.append(Oddity(.unsolicited, "nobody asked for this"))
            return unsolicited(reply, now)
        }
        let asked = due.removeFirst()
        if !asked.isGivenUp { settleWait(since: now) }
        addOddities(to: &reply, at: asked.stage)
        if asked.isGivenUp {
            let words = "to \(asked.command ?? asked.stage.rawValue), when nobody waited for it any more"
            reply.oddities.append(Oddity(.lateReply, words))
        }
        let timing = ReplyTiming(
            firstByte: (asked.firstByte ?? now) - asked.since, lastByte: now - asked.since, pauses: asked.pauses)
        report(
            .received(reply, stage: asked.stage, command: asked.command, timing: timing, tls: progress.isSecured), now)
        authenticationPrompt = asked.stage == .authenticate && reply.code == 334 ? reply.lines.first ?? [] : nil
        if asked.isGivenUp {
            followLate(reply, at: asked.stage, now)
        } else {
            follow(reply, at: asked.stage, to: asked.command, now)
        }
    }

    /// A late reply is taken down; nothing is done because of it but to end what the server has ended.
    private mutating func followLate(_ reply: Reply, at stage: SessionStage, _ now: Duration) {
        if reply.code == 421 { return end(.serviceClosing(421), during: stage, at: now) }
        if stage == .quit, reply.grants(.quit) { end(.quit, during: .quit, at: now) }
    }

    /// The one place where a reply decides what happens next. Nothing is sent from here: what lies behind the reply in the same
    /// burst would be taken for the answer.
    private mutating func follow(_ reply: Reply, at stage: SessionStage, to command: String?, _ now: Duration) {
        if reply.code == 421 { return end(.serviceClosing(421), during: stage, at: now) }
        if stage == .authenticate, !authenticationCancelled(by: reply, now) { return }
        if stage == .authenticate, reply.code == 334, exchange != nil { return }
        if reply.asksMore(at: .endOfData), stage == .endOfData, progress.awaitsRecipientReplies {
            return oweRecipientReplies(now)
        }
        guard reply.grants(stage) else {
            if stage == .authenticate { exchange = nil }
            if stage == .startTLS, goal != nil, plan.tls == .offered {
                return report(.note("STARTTLS was refused: the session goes on in the clear"), now)
            }
            if stage == .data, goal != nil, reply.isPositive {
                report(.note("the server did not enter data mode: RSET, and no message is sent"), now)
                resetsTransaction = true
            }
            if stage == .chunk || stage == .endOfData && command?.hasPrefix("BDAT ") == true { chunkRefused() }
            if stage == .hello, goal != nil, plan.greeting == .either, progress.suggestion?.stage == .hello {
                return report(.note("EHLO was refused: HELO is tried"), now)
            }
            if stage == .authenticate, plan.authentication?.demand == .optional {
                if goal != nil { report(.note("AUTH was refused: the session goes on without"), now) }
                return
            }
            // One recipient's refusal says nothing about the next one's, and a refused probe nothing about MAIL.
            let isProbe = plan.probes.contains { $0.line == command }
            if stage != .recipient, !isProbe { goal = nil }
            return
        }
        switch stage {
        case .startTLS: beginTLS(now)
        case .quit: end(.quit, during: .quit, at: now)
        case .authenticate: authenticated(now)
        case .endOfData: if !isAwaiting, progress.messagesTaken < plan.messages { goal = .message }
        case .hello: noteCapabilityChange(now)
        case .connect, .sender, .recipient, .data, .chunk, .reset, .other, .resolve, .idle:
            break
        }
    }

    /// Says what the new list of extensions has more and less, and what a device on the way may have taken out of the first one.
    private mutating func noteCapabilityChange(_ now: Duration) {
        guard progress.extendedHello == .accepted else { return }
        guard let earlier = progress.renewal else {
            if progress.greeting?.oddities.contains(where: { $0.kind == .maskedBanner }) == true,
                !progress.isSecured, !progress.keywords.contains(where: { $0.name == "STARTTLS" })
            {
                let words =
                    "the banner is masked and STARTTLS is not offered: a device in between may have taken it away"
                report(.note(words), now)
            }
            return
        }
        let difference = CapabilityDifference(from: earlier.keywords, to: progress.keywords)
        if !difference.isEmpty { report(.note("EHLO list \(earlier.cause.rawValue): \(difference.words)"), now) }
    }

    private mutating func beginTLS(_ now: Duration) {
        guard parser.isEmpty else {
            let bytes = parser.takeUnfinished()
            let oddity = Oddity(
                .bytesAfterStartTLS, "\(bytes.count) octets: \(EvidenceText.escaped(bytes.prefix(200)))")
            report(.oddity(oddity, stage: .startTLS), now)
            guard plan.security.discardsInjection else {
                return end(.protocolViolation(oddity), during: .startTLS, at: now)
            }
            report(.note("discarded as the plan says: \(bytes.count) octets behind the 220 to STARTTLS"), now)
            return handshake(now)
        }
        handshake(now)
    }

    private mutating func handshake(_ now: Duration) {
        phase = .handshaking
        expect(.startTLS, limit: plan.deadlines.tlsHandshake, since: now)
        actions.append(.startTLS)
    }

    /// STARTTLS was refused: what waited for it may go.
    private mutating func releaseHeld(_ now: Duration) {
        guard !held.isEmpty, !due.contains(where: { $0.stage == .startTLS }) else { return }
        let orders = held
        held = []
        for order in orders { obey(order, now) }
    }

    private mutating func unsolicited(_ reply: Reply, _ now: Duration) {
        goal = nil
        guard countStray(Oddity(.unsolicited, "\(strays + 1) lines that nobody asked for"), now) else { return }
        if strays <= Self.strayReports {
            let timing = ReplyTiming(firstByte: .zero, lastByte: .zero)
            report(.received(reply, stage: .idle, command: nil, timing: timing, tls: progress.isSecured), now)
        }
        if reply.code == 421 { end(.serviceClosing(421), during: .idle, at: now) }
    }

    private mutating func stray(_ oddity: Oddity, _ now: Duration) {
        guard countStray(Oddity(.notAReply, "\(strays + 1) lines that are no replies"), now) else { return }
        if strays <= Self.strayReports {
            let evidence = redaction.scrub(oddity.evidence)
            report(.oddity(Oddity(oddity.kind, evidence), stage: currentStage), now)
        }
        if due.first?.stage == .connect, let name = WrongProtocol.name(EvidenceText.unescaped(oddity.evidence) ?? []) {
            endWrongProtocol(name, now)
        }
    }

    /// - Returns: false when there were so many that the session is over.
    private mutating func countStray(_ oddity: Oddity, _ now: Duration) -> Bool {
        strays += 1
        if strays == Self.strayReports + 1 { report(.note("more stray lines are counted, not shown"), now) }
        guard strays > Self.strayLimit else { return true }
        end(.protocolViolation(oddity), during: currentStage, at: now)
        return false
    }

    private mutating func nameWrongProtocol(_ now: Duration) {
        guard due.first?.stage == .connect, !parser.isEmpty, let name = WrongProtocol.name(parser.unfinished) else {
            return
        }
        endWrongProtocol(name, now)
    }

    private mutating func endWrongProtocol(_ name: String, _ now: Duration) {
        let oddity = Oddity(.wrongProtocol, "this port speaks \(name), not SMTP")
        report(.oddity(oddity, stage: .connect), now)
        end(.protocolViolation(oddity), during: .connect, at: now)
    }

    private func addOddities(to reply: inout Reply, at stage: SessionStage) {
        if reply.isPositive, reply.refuses(stage) {
            reply.oddities.append(Oddity(.unexpectedCode, "\(reply.code) is no answer to \(stage.rawValue)"))
        }
        if stage == .hello { addMaskedKeywords(to: &reply) }
        guard stage == .connect else { return }
        let text = reply.lines.joined().filter { $0 != 0x20 }
        let stars = text.count { $0 == UInt8(ascii: "*") }
        if stars >= 4, stars * 2 >= text.count {
            reply.oddities.append(Oddity(.maskedBanner, "a device on the way hides the banner behind asterisks"))
        }
    }

    /// A device on the way writes X over the keywords that it does not know.
    private func addMaskedKeywords(to reply: inout Reply) {
        let masked = EHLOKeyword.list(in: reply).map(\.name).filter {
            $0.utf8.count >= 4 && $0.utf8.dropLast().allSatisfy { $0 == UInt8(ascii: "X") }
        }
        guard let first = masked.first else { return }
        let words = "a device on the way writes over keywords, \(masked.count) in all: \(first)"
        reply.oddities.append(Oddity(.maskedBanner, words))
    }

    private func scrubbed(_ reply: Reply) -> Reply {
        var reply = reply
        reply.lines = reply.lines.map { redaction.scrub($0) }
        reply.raw = redaction.scrub(reply.raw)
        return reply
    }
}
