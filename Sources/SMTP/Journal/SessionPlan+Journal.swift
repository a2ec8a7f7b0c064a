import MailVocabulary

extension SessionPlan {
    /// The plan as one line, without its end.
    var journalLine: String {
        var line = JournalWriter()
        line.word("plan")
        switch target.destination {
        case .host(let name):
            line.word("host")
            line.text(name)
        case .domain(let name):
            line.word("domain")
            line.text(name)
        }
        line.number(target.port)
        line.flag(target.implicitTLS)
        line.optional(target.recipient) {
            $0.text($1.localPart)
            $0.text($1.domain)
        }
        line.text(helloName)
        line.text(reversePath)
        line.list(recipients) {
            $0.text($1.forwardPath)
            $0.list($1.notify) { $0.word($1.rawValue) }
        }
        line.word(tls.rawValue)
        line.stage(stopAfter)
        for field in [message.subject, message.body, message.date, message.messageID] { line.text(field) }
        for limit in deadlines.all { line.time(limit) }
        line.list(options) {
            $0.word($1.name)
            $0.text($1.value)
        }
        return line.line
    }

    /// Reads `journalLine` back.
    init?(journalLine: some StringProtocol) {
        do throws(JournalReader.Unreadable) {
            var line = JournalReader(journalLine)
            guard try line.word() == "plan" else { return nil }
            let isDomain = try line.value { $0 == "domain" ? true : $0 == "host" ? false : nil }
            let name = try line.text()
            let (port, implicitTLS) = (try line.number(), try line.flag())
            let recipient = try line.optional { (line) throws(JournalReader.Unreadable) in
                Mailbox(localPart: try line.text(), domain: try line.text())
            }
            let (hello, reversePath) = (try line.text(), try line.text())
            let recipients = try line.list { (line) throws(JournalReader.Unreadable) in
                let path = try line.text()
                let notify = try line.list { (line) throws(JournalReader.Unreadable) in
                    try line.value { Recipient.Notify(rawValue: $0) }
                }
                return Recipient(path, notify: notify)
            }
            let policy = try line.value { TLSPolicy(rawValue: $0) }
            let stopAfter = try line.stage()
            let message = TestMessage(
                subject: try line.text(), body: try line.text(), date: try line.text(), messageID: try line.text())
            var deadlines = ReplyDeadlines()
            for limit in ReplyDeadlines.paths { deadlines[keyPath: limit] = try line.time() }
            self.init(
                target: SessionTarget(
                    isDomain ? .domain(name) : .host(name), port: port, implicitTLS: implicitTLS, recipient: recipient),
                helloName: hello, reversePath: reversePath, recipients: recipients, tls: policy, stopAfter: stopAfter,
                message: message, deadlines: deadlines)
            // The journals of the first version end here.
            guard !line.isAtEnd else { return }
            let options = try line.list { (line) throws(JournalReader.Unreadable) in
                (name: try line.word(), value: try line.text())
            }
            for option in options { set(option.name, to: option.value) }
        } catch { return nil }
    }
}

extension ReplyDeadlines {
    /// In the order of the journal.
    fileprivate static var paths: [WritableKeyPath<ReplyDeadlines, Duration>] {
        [\.connect, \.greeting, \.command, \.data, \.endOfData, \.tlsHandshake, \.quit, \.warnAfter]
    }

    fileprivate var all: [Duration] { Self.paths.map { self[keyPath: $0] } }
}
