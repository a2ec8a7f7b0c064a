import MailVocabulary

/// A session as `C:` and `S:` lines, for export, tickets and the eye.
///
///       0.443  S: 220 mx1.example.test ESMTP
///       0.444  C: EHLO probe.example.net
///       0.462  S: 250-mx1.example.test
///              S: 250 STARTTLS
///
/// What is not printable is written as `\x1b`. `--` lines tell what no side said.
public enum TranscriptText {
    /// The whole transcript, each line ended by a line feed.
    public static func text(of events: [SessionEvent]) -> String {
        events.flatMap { lines(of: $0) }.map { $0 + "\n" }.joined()
    }

    /// The lines of one event; only the first carries the time.
    public static func lines(of event: SessionEvent) -> [String] {
        let blank = String(repeating: " ", count: 9)
        return said(event.fact).enumerated().map { index, line in
            (index == 0 ? seconds(event.at) : blank) + "  " + line
        }
    }

    /// `    0.443`: nine columns, milliseconds.
    static func seconds(_ time: Duration) -> String {
        let parts = time.components
        let thousandths = String(parts.attoseconds / 1_000_000_000_000_000)
        let text = "\(parts.seconds)." + String(repeating: "0", count: max(0, 3 - thousandths.count)) + thousandths
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }

    private static func said(_ fact: SessionFact) -> [String] {
        switch fact {
        case .resolved(let exchangers, let host, let addresses, let took):
            // A socket, a command, or a name that a proxy looks up.
            if addresses.isEmpty, exchangers.isEmpty { return [] }
            let walked = exchangers.isEmpty ? "" : "MX \(exchangers.joined(separator: ", ")); "
            let found = addresses.map(\.description).joined(separator: ", ")
            return ["-- " + EvidenceText.escaped("\(walked)\(host) is \(found)") + ", \(milliseconds(took))"]
        case .connecting(let host, let endpoint):
            return ["-- connecting to " + EvidenceText.escaped(host) + (endpoint.map { " \($0)" } ?? "")]
        case .connected(let local, let remote, let took):
            let ends = [local.map { " from \($0)" }, remote.map { " to \($0)" }].compactMap { $0 }.joined()
            return ["-- connected\(ends), \(milliseconds(took))"]
        case .sent(_, let line, _): return ["C: " + EvidenceText.escaped(line)]
        case .sentMessage(let bytes, let count, let subject, _):
            return ["C: [\(bytes) bytes, \(count) lines, Subject: " + EvidenceText.escaped(subject) + "]"]
        case .replyBegan(let stage, let after):
            return ["-- first byte of the \(stage.rawValue) reply after \(milliseconds(after))"]
        case .received(let reply, _, _, let timing, _):
            return received(reply)
                + timing.pauses.map { "-- silent for \(milliseconds($0.length)) after line \($0.afterLine)" }
        case .secured(let facts, let took):
            let objections = facts.objections.map { "; objection at depth \($0.depth): \($0.text)" }.joined()
            let name = facts.chain.first.map { ", " + $0.subject } ?? ""
            return [
                "-- " + EvidenceText.escaped("\(facts.version) \(facts.cipher)\(name)\(objections)")
                    + ", \(milliseconds(took))"
            ]
        case .oddity(let oddity, let stage): return ["-- at \(stage.rawValue): " + words(oddity)]
        case .waiting(let stage, let time, let octets):
            let what = stage == .connect ? "greeting" : stage == .resolve ? "name server" : "\(stage.rawValue) reply"
            let part = octets > 0 ? ", \(octets) octets of it are here" : ""
            return ["-- still waiting for the \(what) after \(milliseconds(time))\(part)"]
        case .gaveUp(let stage, let after, let replies):
            let others = replies > 1 ? " and for \(replies - 1) more" : ""
            return ["-- the wait for the \(stage.rawValue) reply\(others) was given up after \(milliseconds(after))"]
        case .closed(let reason, _): return ["-- " + EvidenceText.escaped(reason.words)]
        case .note(let words): return ["-- " + EvidenceText.escaped(words)]
        }
    }

    /// The lines as they came, where they were kept.
    private static func received(_ reply: Reply) -> [String] {
        var lines = reply.raw.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            "S: " + EvidenceText.escaped(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
        if lines.last == "S: " { lines.removeLast() }
        if lines.isEmpty {
            lines = reply.wireText.split(separator: "\n").map { "S: " + EvidenceText.escaped(String($0)) }
        }
        let read = reply.reading.map { reading in
            reading.texts.map { "-- \(reading.charset.rawValue): " + EvidenceText.escaped($0) }
        }
        return lines + (read ?? []) + reply.oddities.map { "-- " + words($0) }
    }

    private static func words(_ oddity: Oddity) -> String {
        let name = oddity.kind.rawValue
        return oddity.evidence.isEmpty ? name : "\(name): " + EvidenceText.escaped(oddity.evidence)
    }

    private static func milliseconds(_ time: Duration) -> String {
        let parts = time.components
        return "\(parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000) ms"
    }
}
