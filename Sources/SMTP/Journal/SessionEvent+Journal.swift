import MailVocabulary

extension SessionEvent {
    /// The event as one line of a `SessionJournal`, without its end.
    public var journalLine: String {
        var line = JournalWriter()
        line.time(at)
        switch fact {
        case .resolved(let exchangers, let host, let addresses, let took):
            line.word("resolved")
            line.list(exchangers) { $0.text($1) }
            line.text(host)
            line.list(addresses) { $0.address($1) }
            line.time(took)
        case .connecting(let host, let endpoint):
            line.word("connecting")
            line.text(host)
            line.place(endpoint)
        case .connected(let local, let remote, let took):
            line.word("connected")
            line.place(local)
            line.place(remote)
            line.time(took)
        case .sent(let stage, let text, let tls):
            line.word("sent")
            line.stage(stage)
            line.text(text)
            line.flag(tls)
        case .sentMessage(let bytes, let lines, let subject, let tls):
            line.word("sent-message")
            line.number(bytes)
            line.number(lines)
            line.text(subject)
            line.flag(tls)
        case .replyBegan(let stage, let after):
            line.word("reply-began")
            line.stage(stage)
            line.time(after)
        case .received(let reply, let stage, let command, let timing, let tls):
            line.word("received")
            line.reply(reply)
            line.stage(stage)
            line.optional(command) { $0.text($1) }
            line.time(timing.firstByte)
            line.time(timing.lastByte)
            line.flag(tls)
            if !timing.pauses.isEmpty {
                line.list(timing.pauses) {
                    $0.number($1.afterLine)
                    $0.time($1.length)
                }
            }
        case .secured(let facts, let took):
            line.word("secured")
            line.facts(facts)
            line.time(took)
        case .oddity(let oddity, let stage):
            line.word("oddity")
            line.oddity(oddity)
            line.stage(stage)
        case .waiting(let stage, let time, let octets):
            line.word("waiting")
            line.stage(stage)
            line.time(time)
            if octets > 0 { line.number(octets) }
        case .gaveUp(let stage, let after, let replies):
            line.word("gave-up")
            line.stage(stage)
            line.time(after)
            line.number(replies)
        case .closed(let reason, let stage):
            line.word("closed")
            line.reason(reason)
            line.stage(stage)
        case .note(let words):
            line.word("note")
            line.text(words)
        }
        return line.line
    }

    /// Reads `journalLine` back; `nil` for anything else.
    public init?(journalLine: some StringProtocol) {
        do throws(JournalReader.Unreadable) {
            var line = JournalReader(journalLine)
            at = try line.time()
            fact = try line.fact()
            guard line.isAtEnd else { return nil }
        } catch { return nil }
    }
}

extension JournalReader {
    fileprivate mutating func fact() throws(Unreadable) -> SessionFact {
        switch try word() {
        case "resolved":
            .resolved(
                exchangers: try list { (line) throws(Unreadable) in try line.text() }, host: try text(),
                addresses: try list { (line) throws(Unreadable) in try line.address() }, took: try time())
        case "connecting": .connecting(host: try text(), try place())
        case "connected": .connected(local: try place(), remote: try place(), took: try time())
        case "sent": .sent(stage: try stage(), line: try text(), tls: try flag())
        case "sent-message":
            .sentMessage(bytes: try number(), lines: try number(), subject: try text(), tls: try flag())
        case "reply-began": .replyBegan(stage: try stage(), after: try time())
        case "received": try received()
        case "gave-up": .gaveUp(stage: try stage(), after: try time(), replies: try number())
        case "secured": .secured(try facts(), took: try time())
        case "oddity": .oddity(try oddity(), stage: try stage())
        case "waiting": .waiting(stage: try stage(), try time(), octets: isAtEnd ? 0 : try number())
        case "closed": .closed(try reason(), during: try stage())
        case "note": .note(try text())
        default: throw Unreadable()
        }
    }

    /// Without pauses the line ends behind the flag, as it did before they were kept.
    private mutating func received() throws(Unreadable) -> SessionFact {
        let (reply, stage) = (try reply(), try stage())
        let command = try optional { (line) throws(Unreadable) in try line.text() }
        var timing = ReplyTiming(firstByte: try time(), lastByte: try time())
        let tls = try flag()
        if !isAtEnd {
            timing.pauses = try list { (line) throws(Unreadable) in
                ReplyTiming.Pause(afterLine: try line.number(), length: try line.time())
            }
        }
        return .received(reply, stage: stage, command: command, timing: timing, tls: tls)
    }
}
