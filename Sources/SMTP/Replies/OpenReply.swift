import MailVocabulary

/// A reply whose last line has not come yet.
struct OpenReply: Hashable, Sendable {
    let firstCode: ReplyCode
    var code: ReplyCode
    var lines: [[UInt8]] = []
    var raw: [UInt8] = []
    var oddities: [Oddity] = []
    var status: EnhancedStatusCode?
    var received = 0
    var count = 0
    var isCut = false

    init(code: ReplyCode) { (firstCode, self.code) = (code, code) }

    mutating func add(_ line: ReplyLine, _ ended: EndedLine, limits: ReplyParser.Limits) {
        if line.code != code {
            let evidence = "\(code) then \(line.code)"
            note(Oddity(line.code.severity == code.severity ? .codeChangedMidReply : .contradictoryCodes, evidence))
        }
        code = line.code
        for oddity in ended.oddities + line.oddities { note(oddity) }
        keep(ended, limits)
        guard !isCut else { return }
        lines.append(Array(line.text))
        let reading = StatusReading(line.text)
        if let oddity = reading.oddity { note(oddity) }
        guard let found = reading.status else { return }
        status = status ?? found
        if let severity = line.code.severity, [2, 4, 5].contains(severity.rawValue), severity.rawValue != found.class {
            note(Oddity(.statusContradictsCode, "\(line.code) with \(found)"))
        }
    }

    mutating func keepJunk(_ ended: EndedLine, limits: ReplyParser.Limits) {
        note(Oddity(.notAReply, "inside the reply: \(EvidenceText.escaped(ended.content.prefix(60)))"))
        keep(ended, limits)
    }

    private mutating func keep(_ ended: EndedLine, _ limits: ReplyParser.Limits) {
        received += ended.length
        count += 1
        isCut = isCut || count > limits.lines || raw.count + ended.raw.count > limits.reply
        if !isCut { raw += ended.raw }
    }

    /// One oddity of a kind is enough for a reply.
    private mutating func note(_ oddity: Oddity) {
        if !oddities.contains(where: { $0.kind == oddity.kind }) { oddities.append(oddity) }
    }

    func closed() -> Reply {
        var oddities = oddities
        if isCut { oddities.append(Oddity(.replyCut, "\(count) lines of \(received) octets, \(lines.count) kept")) }
        if code.severity == nil || code.severity == .preliminary {
            oddities.append(Oddity(.undefinedCode, "no SMTP reply begins with \(code.value / 100)"))
        }
        var reply = Reply(code: code, lines: lines, status: status, raw: raw, oddities: oddities)
        if let guess = reply.charsetGuess {
            let kind: Oddity.Kind = guess == .certain(.iso2022JP) ? .controlBytes : .eightBitBytes
            let index = reply.oddities.firstIndex { $0.kind == kind }
            if let index { reply.oddities[index].evidence += "; " + guess.words }
        }
        return reply
    }
}
