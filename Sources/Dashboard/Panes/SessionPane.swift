import Canvas
import MailVocabulary
import SMTP
import Triage

extension Pane {
    /// The steps of the session with their times, and the transcript below.
    static let session = Pane(
        id: .session, title: "Session",
        trailing: { dashboard in
            guard let session = dashboard.incident.session else { return [] }
            let run = dashboard.runWords
            let text: Phrase = "\(run)step \(session.stepReached)/\(session.steps.count)   \(session.waited.brief)"
            return [dashboard.idleClock, Span(dashboard.say(text), .muted)].compactMap { $0 }
        },
        .window { dashboard, room in
            guard dashboard.incident.session != nil else { return dashboard.noSessionRows }
            if dashboard.isReadingTranscript { return dashboard.transcriptRows(room, withCursor: true) }
            return dashboard.sessionRows(room)
        })
}

extension Dashboard {
    fileprivate var noSessionRows: [Row] {
        guard let target = settings.target else {
            if settings.isDemo { return [row("starting the built-in gateway", .muted)] }
            return [row("type a domain or server: e, or :connect", .muted)]
        }
        return [
            Row([Span(say("ready for "), .muted), Span(PrintableText(untrusted: target.typed))]), Row(),
            Row([Span("r", .hintKey), Span(say("  connect and rehearse up to RCPT"), .muted)]),
            Row([Span("o", .hintKey), Span(say("  only connect, then c types commands"), .muted)]),
            Row([Span("w", .hintKey), Span(say("  be guided step by step"), .muted)]),
        ]
    }

    fileprivate func sessionRows(_ room: Pane.Room) -> [Row] {
        guard let session = incident.session else { return [] }
        let steps = session.steps
        let cursor = cursor(.session)
        // The steps first; one line of heading, and at least the last exchange below.
        let shown = min(steps.count, max(3, room.rows - 2))
        let top = Pane.top(cursor: cursor, count: steps.count, height: shown)
        var rows = [stepHeading(room)]
        for index in top..<(top + shown) where steps.indices.contains(index) {
            rows.append(stepRow(steps[index], number: index + 1, room, isSelected: index == cursor))
        }
        if session.isOutcomeUnknown, rows.count < room.rows { rows.append(unknownOutcome) }
        let left = room.rows - rows.count
        if left >= 4, layout.transcript == nil {
            rows.append(
                Row([Span(say(" transcript"), .title)], trailing: [Span(say("Enter read   v raw bytes"), .muted)]))
            rows += transcriptRows(Pane.Room(columns: room.columns, rows: left - 1), withCursor: false)
        } else if left >= 1 {
            rows += lastWords(left)
        }
        return rows
    }

    private func stepHeading(_ room: Pane.Room) -> Row {
        var spans = [Span(say("    step         "), .muted)]
        let columns = requestColumns(room)
        if columns > 0 { spans.append(Span(say("command").padded(to: columns), .muted)) }
        spans.append(Span(say(columns > 0 ? " reply" : "reply"), .muted))
        return Row(spans, trailing: [Span(say("time"), .muted)] + (hasBars(room) ? [Span("        ")] : []))
    }

    /// The bars of time need a pane that is wide, or one that leaves the command out.
    private func hasBars(_ room: Pane.Room) -> Bool {
        layout.kind != .narrow && layout.kind != .tiny && room.columns >= 48
    }

    /// Beside the bars there is room for the commands on wide screens only.
    private func requestColumns(_ room: Pane.Room) -> Int {
        hasBars(room) ? (room.columns >= 100 ? 28 : 0) : min(24, max(12, room.columns * 3 / 10))
    }

    private func stepRow(_ step: SessionRecord.Step, number: Int, _ room: Pane.Room, isSelected: Bool) -> Row {
        let (sign, role) = sign(of: step.verdict)
        let mark: PrintableText = isSelected ? ">" : " "
        let name =
            PrintableText(number).rightAligned(in: 2) + " "
            + PrintableText(untrusted: step.shownName).clipped(to: 10).padded(to: 10)
        let columns = requestColumns(room)
        var middle: [Span] = []
        if columns > 0 {
            middle = [
                Span(PrintableText(untrusted: step.request).clipped(to: columns).padded(to: columns) + " ", .muted)
            ]
        }
        // Without a column of its own the command stands where the reply will come.
        let isAsking = columns == 0 && step.outcome.isEmpty
        var trailing: [Span] = []
        let failed = step.stage == .connect && step.verdict == .failed ? incident.session?.failedAttempt : nil
        if let took = step.took ?? failed {
            let isSlow = took >= .seconds(5)
            trailing.append(Span(PrintableText(untrusted: took.brief), isSlow ? .stepSlow : .stepTime))
            if hasBars(room) { trailing.append(bar(took)) }
        } else if step.verdict == .running, let since = incident.session?.waitingSince {
            let passed = max(.zero, now - sessionBegan - since)
            if passed >= .seconds(1) { trailing += waitingSpans(passed) }
        }
        return Row(
            [
                Span(mark, .hintKey), Span(sign, role), Span(" " + name + " "),
            ] + middle + [
                Span(
                    say(Phrase(said: isAsking ? step.request : step.outcome)),
                    step.verdict == .skipped || isAsking ? .muted : .text)
            ], trailing: trailing, isSelected: isSelected)
    }

    /// How long something has been awaited, and how long it may still take: `! 12 s, 288 s left`.
    private func waitingSpans(_ passed: Duration) -> [Span] {
        guard let session = incident.session else { return [] }
        let isLate = passed >= session.warningMark
        let role: Role = isLate ? .stepSlow : .stepTime
        let seconds = passed.components.seconds
        guard let limit = session.waitingLimit else { return [Span(PrintableText(untrusted: "\(seconds) s…"), role)] }
        let left = max(0, (limit - passed).components.seconds)
        return [Span(say("\(isLate ? "! " : "")\(seconds) s, \(left) s left"), role)]
    }

    /// `idle 12 s`, once it is worth it; from four minutes on the server may be about to end the session, RFC 5321 §4.5.3.2.7.
    var idleClock: Span? {
        guard let since = incident.session?.idleSince else { return nil }
        let idle = max(.zero, now - sessionBegan - since)
        guard idle >= .seconds(5) else { return nil }
        let isLong = idle >= .seconds(240)
        return Span(
            say("\(isLong ? "! " : "")idle \(idle.components.seconds) s   "),
            isLong ? .stepSlow : .muted)
    }

    private var unknownOutcome: Row {
        row(
            "! outcome unknown: lost behind the final dot; the server may have the message. Look in the log first.",
            .permanent)
    }

    /// One to eight bars, doubling from 25 ms: long waits stand out at a glance.
    private func bar(_ took: Duration) -> Span {
        var bars = 0
        var limit = 25
        while bars < 7, took.milliseconds > limit { (bars, limit) = (bars + 1, limit * 2) }
        var text: PrintableText = " "
        for _ in 0..<max(1, bars) { text += settings.glyphs.bar }
        return Span(text.padded(to: 8), took >= .seconds(5) ? .stepSlow : .stepTime)
    }

    func sign(of verdict: SessionRecord.Step.Verdict) -> (PrintableText, Role) {
        switch verdict {
        case .done: (settings.glyphs.ok, .ok)
        case .warning: ("!", .temporary)
        case .refusedForNow: (settings.glyphs.fail, .temporary)
        case .refused, .failed: (settings.glyphs.fail, .permanent)
        case .running: ("~", .hintKey)
        case .pending, .skipped: ("-", .muted)
        }
    }

    /// The transcript's newest lines, or those around the cursor.
    func transcriptRows(_ room: Pane.Room, withCursor: Bool) -> [Row] {
        let lines = transcriptLines
        var cursor = withCursor ? cursor(.session) : nil
        if !withCursor, let step = self.cursor(.session), pane(.session).cursor != nil,
            let event = incident.session?.steps[step].event
        {
            cursor = lines.lastIndex { $0.event == event }
        }
        let top = Pane.top(cursor: cursor, count: lines.count, height: room.rows)
        return (top..<min(lines.count, top + room.rows)).map { index in
            transcriptRow(lines[index], shift: pane(.session).shift, isSelected: withCursor && index == cursor)
        }
    }

    private func transcriptRow(_ line: TranscriptLine, shift: Int, isSelected: Bool) -> Row {
        let time = line.at.map { PrintableText(untrusted: $0.stamp).rightAligned(in: 8) } ?? PrintableText(blanks: 8)
        let text = PrintableText(untrusted: line.text).dropping(columns: shift)
        let mark: PrintableText = isSelected ? ">" : " "
        switch line.direction {
        case .sent:
            return Row(
                [Span(mark + time, .muted), Span("  C> ", .wireSent), Span(text, .wireSent)], isSelected: isSelected)
        case .received:
            let role: Role
            switch line.code?.severity {
            case .transient: role = .temporary
            case .permanent: role = .permanent
            case .preliminary, .success, .intermediate, nil: role = .wireReceived
            }
            return Row([Span(mark + time, .muted), Span("  S< ", role), Span(text, role)], isSelected: isSelected)
        case .remark:
            return Row(
                [Span(mark + time, .muted), Span("  -- ", .wireTLS), Span(text, .muted)], isSelected: isSelected)
        }
    }

    /// The last things said by either side, remarks left out: for where there is room for a line or two only.
    private func lastWords(_ count: Int) -> [Row] {
        transcriptLines.filter { $0.direction != .remark }.suffix(count)
            .map { transcriptRow($0, shift: pane(.session).shift, isSelected: false) }
    }

    // MARK: the boxes of the wide layout

    func drawTranscript(_ rect: Rect, in frame: inout Frame) {
        frame.box(
            rect, title: [Span(say("1 Session: transcript"), .title)],
            trailing: [Span(say("Enter read   v raw bytes"), .muted)], borders: settings.glyphs.borders)
        let inside = rect.inset
        let rows = transcriptRows(
            Pane.Room(columns: inside.width - 2, rows: inside.height), withCursor: isReadingTranscript)
        for (index, row) in rows.enumerated() {
            frame.draw(row, at: inside.y + index, x: inside.x, width: inside.width)
        }
    }

    func drawEnvelope(_ rect: Rect, in frame: inout Frame) {
        frame.box(
            rect, title: [Span(say("Envelope and message"), .title)], trailing: [Span(say("e edit"), .muted)],
            borders: settings.glyphs.borders)
        guard let plan = incident.session?.plan ?? settings.plan else { return }
        let recipients = plan.recipients.map { recipient in
            "<\(recipient.forwardPath)>"
                + (recipient.notify.isEmpty ? "" : " \(recipient.notify.map(\.rawValue).joined(separator: ","))")
        }
        let fields: [(Phrase, String)] = [
            ("target", plan.target.typed), ("helo", plan.helloName), ("from", "<\(plan.reversePath)>"),
            ("to", recipients.joined(separator: " ")), ("tls", plan.tls.rawValue), ("subject", plan.message.subject),
            ("id", plan.message.messageID.isEmpty ? "" : "<\(plan.message.messageID)>"),
            ("stop at", words("RCPT   (S asks before sending)")),
        ]
        for (index, field) in fields.prefix(rect.inset.height).enumerated() {
            frame.draw(
                Row([
                    Span(say(field.0).padded(to: 9), .muted),
                    Span(PrintableText(untrusted: field.1)),
                ]), at: rect.y + 1 + index, x: rect.x + 2, width: rect.width - 4)
        }
    }
}

extension SessionRecord.Step {
    /// The stage, or for a command that has none its verb.
    fileprivate var shownName: String {
        guard stage == .other, let verb = request.split(separator: " ").first else { return stage.stepName }
        return verb.uppercased()
    }
}

extension SessionStage {
    /// As the step list writes it.
    var stepName: String {
        switch self {
        case .resolve: "DNS"
        case .sender: "MAIL FROM"
        case .recipient: "RCPT TO"
        case .endOfData: "message"
        case .connect, .hello, .startTLS, .authenticate, .data, .chunk, .reset, .quit, .other, .idle: rawValue
        }
    }
}

extension Duration {
    /// `1.242`: seconds with three places, for the transcript's margin.
    var stamp: String {
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}
