import MailVocabulary
import SMTP
import Triage

/// One line of the transcript as the panes show it: a reply of three lines is three of these.
struct TranscriptLine: Hashable, Sendable {
    enum Direction: Hashable, Sendable { case sent, received, remark }

    /// Index of the event in the session.
    var event: Int
    /// Since the session's start; `nil` on the further lines of a reply.
    var at: Duration?
    var direction: Direction
    /// Outside text.
    var text: String
    /// The EHLO keyword that the line announces.
    var keyword: String?
    /// The code of the reply that the line belongs to.
    var code: ReplyCode?
}

extension Dashboard {
    /// The current session's transcript, line by line.
    var transcriptLines: [TranscriptLine] {
        guard let session = incident.session else { return [] }
        return session.events.indices.flatMap { session.transcriptLines(ofEvent: $0, raw: showsRawBytes, words) }
    }
}

extension SessionRecord {
    /// - Parameter words: Puts our own remarks into the language of the screen.
    func transcriptLines(ofEvent index: Int, raw: Bool, _ words: (Phrase) -> String) -> [TranscriptLine] {
        let event = events[index]
        func remark(_ phrase: Phrase) -> [TranscriptLine] {
            [TranscriptLine(event: index, at: event.at, direction: .remark, text: words(phrase))]
        }
        switch event.fact {
        case .resolved(let exchangers, let host, let addresses, let took):
            let through = exchangers.isEmpty ? "" : "MX \(exchangers.joined(separator: ", ")); "
            let list = addresses.map(\.description).joined(separator: ", ")
            return remark(
                list.isEmpty
                    ? "\(through)\(host) is unknown   \(took.brief)" : "\(through)\(host) is \(list)   \(took.brief)")
        case .connecting: return []
        case .connected(let local, let remote, let took):
            guard let remote, let local else { return remark("connected   \(took.brief)") }
            return remark("connected to \(remote) from \(local)   \(took.brief)")
        case .sent(_, let line, _):
            return [TranscriptLine(event: index, at: event.at, direction: .sent, text: line)]
        case .sentMessage(let bytes, let lines, let subject, _):
            let text: Phrase = "[\(bytes) bytes, \(lines) lines, Subject: \(subject)]"
            return [TranscriptLine(event: index, at: event.at, direction: .sent, text: words(text))]
        case .replyBegan, .waiting: return []
        case .received(let reply, let stage, _, let timing, _):
            return lines(of: reply, stage: stage, timing: timing, event: index, raw: raw, words)
        case .secured(let facts, let took):
            let version = "\(facts.version) \(facts.cipher)"
            let verdict: Phrase =
                facts.isVerified
                ? "certificate ok" : facts.objections.first.map { Phrase(quoting: $0.text) } ?? "not verified"
            guard let leaf = facts.chain.first else { return remark("\(version)   \(verdict)   \(took.brief)") }
            return remark(
                "\(version)   \(leaf.subject), \(leaf.daysLeft) days left   \(verdict)   \(took.brief)")
        case .oddity(let oddity, _): return remark("! \(oddity.kind.rawValue) \(Phrase(said: oddity.evidence))")
        case .gaveUp(let stage, let after, _):
            return remark("the wait for the \(stage.rawValue) reply was given up   \(after.brief)")
        case .closed(let reason, _): return remark(Phrase(said: reason.words))
        case .note(let sentence): return remark(Phrase(said: sentence))
        }
    }

    private func lines(
        of reply: Reply, stage: SessionStage, timing: ReplyTiming, event: Int, raw: Bool, _ words: (Phrase) -> String
    ) -> [TranscriptLine] {
        let at = events[event].at
        if raw, !reply.raw.isEmpty {
            let text = EvidenceText.escaped(reply.raw)
            return [TranscriptLine(event: event, at: at, direction: .received, text: text, code: reply.code)]
        }
        var lines: [TranscriptLine] = []
        for (index, text) in reply.texts.enumerated() {
            let isLast = index == reply.lines.count - 1
            let isKeyword = stage == .hello && index > 0 && reply.isPositive
            lines.append(
                TranscriptLine(
                    event: event, at: index == 0 ? at : nil, direction: .received,
                    text: "\(reply.code)\(isLast ? " " : "-")\(text)",
                    keyword: isKeyword ? text.split(separator: " ").first.map { $0.uppercased() } : nil,
                    code: reply.code))
        }
        if lines.isEmpty {
            lines = [
                TranscriptLine(event: event, at: at, direction: .received, text: "\(reply.code)", code: reply.code)
            ]
        }
        // A first line long before the last is a greeting test or a slow hand: worth its own remark.
        if timing.lastByte - timing.firstByte >= .milliseconds(500) {
            let text: Phrase = "first line after \(timing.firstByte.brief), last after \(timing.lastByte.brief)"
            lines.append(TranscriptLine(event: event, at: nil, direction: .remark, text: words(text)))
        }
        if let reading = reply.reading {
            let text: Phrase =
                reply.charsetGuess == .certain(reading.charset)
                ? "decoded from \(reading.charset.rawValue)" : "decoded from \(reading.charset.rawValue), a guess"
            lines.append(TranscriptLine(event: event, at: nil, direction: .remark, text: words(text)))
        }
        for oddity in reply.oddities {
            let text = words("! \(oddity.kind.rawValue) \(Phrase(said: oddity.evidence))")
            lines.append(TranscriptLine(event: event, at: nil, direction: .remark, text: text))
        }
        return lines
    }
}
