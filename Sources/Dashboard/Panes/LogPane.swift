import Canvas
import MailLog
import MailVocabulary
import Triage

extension Pane {
    /// The gateway's log as it grows; our own lines are marked, and the story of our message stands below.
    static let log = Pane(
        id: .log, title: "Log",
        trailing: { dashboard in dashboard.logTitle },
        .window { dashboard, room in
            guard let log = dashboard.incident.log else {
                guard let path = dashboard.shownLog?.source else {
                    return [dashboard.row("no log is open: :log open PATH, or start with --log PATH", .muted)]
                }
                return [dashboard.row("opening \(path)", .muted)]
            }
            return dashboard.logRows(log, room)
        })
}

extension Dashboard {
    fileprivate var logTitle: [Span] {
        guard let log = incident.log else { return [] }
        let total = log.lineCount
        let name = log.name.split(separator: "/").last.map(String.init) ?? log.name
        // The format is worth its room only where there is some.
        let format = log.index.formatName ?? words("format unknown")
        let share = total > 0 ? "\(log.index.understoodCount * 100 / total) %   " : ""
        var source = size.columns >= 100 ? "\(name)   \(format)\(share.isEmpty ? "   " : " " + share)" : share
        if logs.count > 1 { source = "\(logInView + 1)/\(logs.count) " + source }
        let isNarrow = size.columns < 100
        let count: Phrase
        switch logFilter {
        case .all: count = "\(total) lines"
        // Where there is little room the numbers stand before the words.
        case .connection where isNarrow: count = "connection \(markedLines.count)/\(total)"
        case .message where isNarrow: count = "message \(markedLines.count)/\(total)"
        case .text where isNarrow: count = "filter \(visibleLogLines.count)/\(total)"
        case .connection: count = "this connection: \(markedLines.count) of \(total) lines"
        case .message: count = "this message: \(markedLines.count) of \(total) lines"
        case .text: count = "filter: \(visibleLogLines.count) of \(total) lines"
        }
        var spans = [Span(PrintableText(untrusted: source) + say(count), .muted)]
        if pane(.log).cursor != nil, let cursor = cursor(.log) {
            spans.append(Span("   " + say("PAUSED +\(max(0, visibleLogLines.count - 1 - cursor))"), .badge))
        } else {
            spans.append(Span("   " + say("FOLLOW"), .ok))
        }
        return spans
    }

    fileprivate func logRows(_ log: LogBook, _ room: Pane.Room) -> [Row] {
        let story = gapRows(log, room.columns) + storyRows(room.columns)
        let height = max(1, room.rows - story.count)
        let visible = visibleLogLines
        let cursor = cursor(.log)
        let top = Pane.top(cursor: cursor, count: visible.count, height: height)
        let isPaused = pane(.log).cursor != nil
        var rows = (top..<min(visible.count, top + height)).map { index in
            logRow(
                log.lines[visible[index]], isMine: markedLines.contains(log.firstOrdinal + visible[index]),
                isSelected: index == cursor && (isPaused || focus == .log), isOfSeveral: log.index.hostCount > 1)
        }
        if rows.isEmpty { rows = [row(whyNoLines(log), .muted)] }
        while rows.count < height { rows.append(Row()) }
        return rows + story
    }

    private func logRow(_ line: RawLogLine, isMine: Bool, isSelected: Bool, isOfSeveral: Bool) -> Row {
        let mark: PrintableText = isSelected ? ">" : isMine ? "|" : " "
        guard let record = LogFormat.record(of: line.bytes, as: settings.logFormat) else {
            let text = PrintableText(untrusted: line.bytes).dropping(columns: pane(.log).shift)
            return Row([Span(mark + " ", .logMine), Span(text, isMine ? .logMine : .text)], isSelected: isSelected)
        }
        let id = record.keys.first.map { PrintableText(untrusted: $0.description) } ?? ""
        let text = PrintableText(untrusted: record.withoutID).dropping(columns: pane(.log).shift)
        // The numbers of two gateways look alike.
        let host = isOfSeveral ? PrintableText(untrusted: record.host).clipped(to: 11).padded(to: 12) : ""
        return Row(
            [
                Span(mark + " ", .logMine),
                Span(PrintableText(untrusted: record.time.description).padded(to: 9), .logTime),
                Span(host, .muted),
                Span(id.clipped(to: 16).padded(to: 17), .logID),
                Span(text, isMine ? .logMine : record.isWarning ? .logLevelWarning : .text),
            ], isSelected: isSelected)
    }

    /// As long as the lines around a gap are there to be read, the log must not look whole.
    private func gapRows(_ log: LogBook, _ columns: Int) -> [Row] {
        let gaps = log.gaps.filter { $0.ordinal >= log.firstOrdinal }
        guard let last = gaps.last else { return [] }
        let number = last.ordinal - log.firstOrdinal
        let place: Phrase =
            log.lines.indices.contains(number) ? "before line \(log.lines[number].number)" : "behind the last line"
        let sentence: Phrase = "lines may be missing \(place): \(Phrase(said: last.sentence))"
        return wrapped(gaps.count == 1 ? sentence : "\(gaps.count) gaps; the last: \(sentence)", .temporary, columns)
    }

    /// What became of our message, or what the log knows of our connection: a sentence, and for how long it has been waiting.
    private func storyRows(_ columns: Int) -> [Row] {
        if let message = incident.messageInLog {
            let role: Role
            switch message.outcome {
            case .delivered: role = .ok
            case .pending, .delayed, .quarantined: role = .temporary
            case .bounced, .expired, .dropped, .rejected, .aborted: role = .permanent
            }
            return wrapped(message.phrase, role, columns)
        }
        if let foreign = incident.foreignMessage {
            let sentence: Phrase =
                "\(foreign.key) in this log is another message, from <\(foreign.sender)>: "
                + "this is not the log of the gateway that took ours"
            return wrapped(sentence, .temporary, columns)
        }
        if let key = incident.acceptedMessage {
            return wrapped("waiting for \(key) to appear in this log", .muted, columns)
        }
        if let log = incident.log, log.index.formatName == nil, log.lineCount >= Self.linesToTell {
            return wrapped(
                "none of \(log.lineCount) lines is of a log format that is known here: is this the mail log?",
                .temporary,
                columns)
        }
        if let found = incident.connectionTrace {
            let story = found.trace.phrase
            return wrapped(found.isCertain ? story : "probably ours: \(story)", .muted, columns)
        }
        return []
    }

    /// So many lines of no known format are no beginning of a log any more.
    private static let linesToTell = 20

    private func whyNoLines(_ log: LogBook) -> Phrase {
        guard log.lineCount > 0 else { return log.notice.map { Phrase(said: $0) } ?? "no lines yet" }
        switch logFilter {
        case .all: return log.notice.map { Phrase(said: $0) } ?? "no lines are kept"
        case .connection: return "none of \(log.lineCount) lines is of our connection; f shows all"
        case .message: return "none of \(log.lineCount) lines is of our message; f shows all"
        case .text(let text): return "none of \(log.lineCount) lines holds \"\(text)\""
        }
    }

    private func wrapped(_ sentence: Phrase, _ role: Role, _ columns: Int) -> [Row] {
        var lines = say(sentence).wrapped(to: max(10, columns - 2))
        if lines.count > 3 {
            lines = Array(lines.prefix(3)) + [];
            lines[2] = (lines[2] + "  ").clipped(to: max(10, columns - 2) - 1) + ">"
        }
        return lines.enumerated().map { Row([Span($0 == 0 ? "= " : "  ", role), Span($1, role)]) }
    }
}
