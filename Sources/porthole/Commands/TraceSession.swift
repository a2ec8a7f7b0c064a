import MailLog
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole trace --session FILE --log F …`: our own lines and the gateway's in one order, each with its own clock.
struct TraceSession {
    let record: SessionRecord

    /// - Throws: `CommandFailure` when the file cannot be read or is no session.
    init(reading path: String) throws {
        let text: String
        do { text = try SmallFile.read(path, limit: 64 << 20) } catch {
            throw CommandFailure("\(error)", .cannotRead)
        }
        guard let journal = SessionJournal(text) else {
            throw CommandFailure(
                "\(path) is not a session of Porthole: its first line is not \"\(SessionJournal.version)\"", .cannotRead
            )
        }
        record = journal.legibleRecord
    }

    func answer(_ logs: TraceLogs, json: Bool, _ say: PlainWords) throws {
        guard let found = record.find(in: logs.index) else {
            let address = record.local.map { $0.address.description }
            let absence =
                address.map { logs.index.absence(of: $0, files: logs.files).phrase } ?? "the session never connected"
            let ids = record.lastAcceptanceIDs.map(\.description).joined(separator: ", ")
            let looked: Phrase = ids.isEmpty ? "" : "; \(ids) of our 250 is not in it either"
            let sentence: Phrase = "this session is not in the log: \(absence)\(looked)"
            return json ? Output.complain(sentence.description) : Output.line(say(sentence))
        }
        let timeline = SessionTimeline(record, found.trace, texts: logs.texts(of: found.trace.lines))
        if json { return try Output.json(self.json(found, timeline, logs.files)) }
        Output.line(say(found.trace.phrase))
        Output.line(say("\(found.phrase)\(clocks(timeline))"))
        for finding in found.trace.findings {
            Output.line("  \(say(finding.kind.severity.word)): \(say(finding.phrase))")
        }
        Output.line("")
        Output.line(say.padded("our clock", to: 14) + say("the log's"))
        for row in timeline.rows { lines(row).forEach(Output.line) }
    }

    private func clocks(_ timeline: SessionTimeline) -> Phrase {
        guard let skew = timeline.skew, let zone = timeline.zone else { return "" }
        let hours: Phrase = zone == 0 ? "" : "; the log is written in a zone \(Double(zone) / 3600) h from ours"
        let rest = skew - zone
        let gap: Phrase =
            rest == 0
            ? "; the gateway's clock agrees with ours"
            : rest > 0
                ? "; the gateway's clock is \(abs(rest)) s ahead" : "; the gateway's clock is \(abs(rest)) s behind"
        return "\(hours)\(gap)"
    }

    private func lines(_ row: SessionTimeline.Row) -> [String] {
        let blank = String(repeating: " ", count: 14)
        switch row.side {
        case .client(let event):
            let clock = row.clock.map { $0.timeOfDayWithMilliseconds } ?? ""
            return TranscriptText.lines(of: event).enumerated().map { place, line in
                let time = place == 0 ? clock + String(repeating: " ", count: max(2, 14 - clock.utf8.count)) : blank
                return time + blank + line.dropFirst(11)
            }
        case .server(let line, let bytes, let record):
            let clock = row.clock?.description ?? ""
            let text = record?.text ?? String(decoding: bytes, as: UTF8.self)
            let mark = line.link == .id ? "" : "? "
            let shown = String(decoding: LogSecrets.masked(Array(text.utf8)), as: UTF8.self)
            return [blank + clock + String(repeating: " ", count: max(2, 14 - clock.utf8.count)) + "L: \(mark)\(shown)"]
        }
    }

    private func json(_ found: SessionTrace, _ timeline: SessionTimeline, _ files: [String]) -> TimelineJSON {
        let rows = timeline.rows.map { row in
            switch row.side {
            case .client(let event):
                TimelineJSON.Row(
                    side: "client", clock: row.clock?.dateAndTimeWithMilliseconds,
                    lines: TranscriptText.lines(of: event).map { String($0.dropFirst(11)) }, line: nil, link: nil)
            case .server(let line, let bytes, _):
                TimelineJSON.Row(
                    side: "server", clock: row.clock?.dateAndTime,
                    lines: [String(decoding: LogSecrets.masked(bytes), as: UTF8.self)], line: line.number,
                    link: line.link.rawValue)
            }
        }
        return TimelineJSON(
            found: found.words, isCertain: found.isCertain, skewSeconds: timeline.skew,
            trace: TraceJSON(found.trace, files: files), rows: rows)
    }
}

extension Timestamp {
    /// `19:40:12.443`
    var timeOfDayWithMilliseconds: String {
        let thousandths = String(microseconds / 1000)
        return "\(self)." + String(repeating: "0", count: 3 - min(3, thousandths.utf8.count)) + thousandths
    }

    /// `2026-02-02 19:40:12.443`
    var dateAndTimeWithMilliseconds: String {
        let thousandths = String(microseconds / 1000)
        return "\(dateAndTime)." + String(repeating: "0", count: 3 - min(3, thousandths.utf8.count)) + thousandths
    }
}
