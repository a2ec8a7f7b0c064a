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
        let count = say(logCount(log))
        var state = Span("   " + say("FOLLOW"), .ok)
        if pane(.log).cursor != nil, let cursor = cursor(.log) {
            state = Span("   " + say("PAUSED +\(max(0, visibleLogLines.count - 1 - cursor))"), .badge)
        } else if shownLog?.state == .ended {
            state = Span("   " + say("ENDED"), .muted)
        }
        // The names of the panes stand in the same border.
        let room = size.columns - (size.columns >= 100 ? 24 : 36) - count.width - state.text.width
        let sources = logSources(log)
        let source = sources.first { $0.width <= room } ?? sources.last ?? ""
        return [Span(source + count, .muted), state]
    }

    /// Which log it is and how much of it is understood: the most that there may be room for, then less and less.
    private func logSources(_ log: LogBook) -> [PrintableText] {
        let place = PrintableText(untrusted: logs.count > 1 ? "\(logInView + 1)/\(logs.count) " : "")
        let format = log.index.formatName ?? words("format unknown")
        let share = log.lineCount > 0 ? "\(log.index.understoodCount * 100 / log.lineCount) %" : ""
        let understood = PrintableText(untrusted: share.isEmpty ? format + "   " : "\(format) \(share)   ")
        let name = PrintableText(untrusted: shownLog?.name ?? log.name)
        let whole: [PrintableText] = size.columns >= 100 ? [place + name.clipped(to: 40) + "   " + understood] : []
        let percent = PrintableText(untrusted: share.isEmpty ? "" : share + "   ")
        return whole + [
            place + name.clipped(to: 20) + "   " + percent, place + name.clipped(to: 14) + "   ", place + percent,
            place,
        ]
    }

    private func logCount(_ log: LogBook) -> Phrase {
        let total = log.lineCount
        let isNarrow = size.columns < 100
        switch logFilter {
        case .all where log.isTail: return "last \(total) lines"
        case .all: return total == 1 ? "1 line" : "\(total) lines"
        // Where there is little room the numbers stand before the words.
        case .connection where isNarrow: return "connection \(markedLines.count)/\(total)"
        case .message where isNarrow: return "message \(markedLines.count)/\(total)"
        case .text where isNarrow: return "filter \(visibleLogLines.count)/\(total)"
        case .connection: return "this connection: \(markedLines.count) of \(total) lines"
        case .message: return "this message: \(markedLines.count) of \(total) lines"
        case .text: return "filter: \(visibleLogLines.count) of \(total) lines"
        }
    }

    fileprivate func logRows(_ log: LogBook, _ room: Pane.Room) -> [Row] {
        let story = gapRows(log, room.columns) + storyRows(room.columns)
        let height = max(1, room.rows - story.count)
        let visible = visibleLogLines
        let cursor = cursor(.log)
        let top = Pane.top(cursor: cursor, count: visible.count, height: height)
        let isPaused = pane(.log).cursor != nil
        let gaps = Set(log.gaps.map(\.ordinal))
        let isOfSeveral = log.index.hostCount > 1
        var rows = (top..<min(visible.count, top + height)).map { index -> Row in
            let ordinal = log.firstOrdinal + visible[index]
            return logRow(
                log.lines[visible[index]], isMine: markedLines.contains(ordinal),
                isSelected: index == cursor && (isPaused || focus == .log), isAfterGap: gaps.contains(ordinal),
                isOfSeveral: isOfSeveral)
        }
        if rows.isEmpty { rows = [row(whyNoLines(log), .muted)] }
        while rows.count < height { rows.append(Row()) }
        return rows + story
    }

    /// - Parameter isAfterGap: Lines may be missing before it.
    private func logRow(
        _ line: RawLogLine, isMine: Bool, isSelected: Bool, isAfterGap: Bool, isOfSeveral: Bool
    ) -> Row {
        let mark: PrintableText = isSelected ? ">" : isMine ? "|" : isAfterGap ? "~" : " "
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
