import MailVocabulary

extension JournalWriter {
    mutating func reply(_ reply: Reply) {
        number(reply.code.value)
        list(reply.lines) { $0.bytes($1) }
        optional(reply.status) { $0.word("\($1)") }
        bytes(reply.raw)
        list(reply.oddities) { $0.oddity($1) }
    }

    mutating func reason(_ reason: CloseReason) {
        switch reason {
        case .notResolved(let words): worded("not-resolved", words)
        case .nullMX: word("null-mx")
        case .refused: word("refused")
        case .connectTimedOut: word("connect-timed-out")
        case .unreachable(let words): worded("unreachable", words)
        case .replyTimedOut(let stage): staged("reply-timed-out", stage)
        case .timeIsUp(let stage): staged("time-is-up", stage)
        case .quit: word("quit")
        case .closedAfterQuit: word("closed-after-quit")
        case .closedByServer(let stage): staged("closed-by-server", stage)
        case .reset(let stage): staged("reset", stage)
        case .serviceClosing(let code):
            word("service-closing")
            number(code.value)
        case .tls(let words): worded("tls", words)
        case .protocolViolation(let violation):
            word("protocol-violation")
            oddity(violation)
        case .droppedByOperator: word("dropped")
        case .unreadable(let words): worded("unreadable", words)
        case .failed(let words): worded("failed", words)
        }
    }

    mutating func facts(_ facts: TLSFacts) {
        text(facts.version)
        text(facts.cipher)
        number(facts.cipherBits)
        optional(facts.group) { $0.text($1) }
        optional(facts.signature) { $0.text($1) }
        flag(facts.isResumed)
        list(facts.chain) { line, certificate in
            line.text(certificate.subject)
            line.text(certificate.issuer)
            line.list(certificate.names) { $0.text($1) }
            line.text(certificate.notBefore)
            line.text(certificate.notAfter)
            line.number(certificate.daysLeft)
            line.number(certificate.keyBits)
            line.text(certificate.fingerprint)
        }
        list(facts.objections) { line, objection in
            line.number(objection.depth)
            line.number(objection.code)
            line.text(objection.text)
        }
    }

    private mutating func worded(_ name: String, _ words: String) {
        word(name)
        text(words)
    }

    private mutating func staged(_ name: String, _ stage: SessionStage) {
        word(name)
        self.stage(stage)
    }
}

extension JournalReader {
    mutating func reply() throws(Unreadable) -> Reply {
        Reply(
            code: try code(), lines: try list { (line) throws(Unreadable) in try line.bytes() },
            status: try optional { (line) throws(Unreadable) in try line.value { EnhancedStatusCode($0) } },
            raw: try bytes(), oddities: try list { (line) throws(Unreadable) in try line.oddity() })
    }

    mutating func reason() throws(Unreadable) -> CloseReason {
        switch try word() {
        case "not-resolved": .notResolved(try text())
        case "null-mx": .nullMX
        case "refused": .refused
        case "connect-timed-out": .connectTimedOut
        case "unreachable": .unreachable(try text())
        case "reply-timed-out": .replyTimedOut(try stage())
        case "time-is-up": .timeIsUp(during: try stage())
        case "quit": .quit
        case "closed-after-quit": .closedAfterQuit
        case "closed-by-server": .closedByServer(during: try stage())
        case "reset": .reset(during: try stage())
        case "service-closing": .serviceClosing(try code())
        case "tls": .tls(try text())
        case "protocol-violation": .protocolViolation(try oddity())
        case "dropped": .droppedByOperator
        case "unreadable": .unreadable(try text())
        case "failed": .failed(try text())
        default: throw Unreadable()
        }
    }

    mutating func facts() throws(Unreadable) -> TLSFacts {
        TLSFacts(
            version: try text(), cipher: try text(), cipherBits: try number(),
            group: try optional { (line) throws(Unreadable) in try line.text() },
            signature: try optional { (line) throws(Unreadable) in try line.text() }, isResumed: try flag(),
            chain: try list { (line) throws(Unreadable) in try line.certificate() },
            objections: try list { (line) throws(Unreadable) in
                TLSFacts.Objection(depth: try line.number(), code: try line.number(), text: try line.text())
            })
    }

    private mutating func certificate() throws(Unreadable) -> TLSFacts.Certificate {
        TLSFacts.Certificate(
            subject: try text(), issuer: try text(), names: try list { (line) throws(Unreadable) in try line.text() },
            notBefore: try text(), notAfter: try text(), daysLeft: try number(), keyBits: try number(),
            fingerprint: try text())
    }
}
