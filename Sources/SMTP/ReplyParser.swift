import MailVocabulary

/// Turns the bytes of a connection into whole replies, RFC 5321 §4.2, however they were cut on the way.
///
///     S: 250-mx.example.test
///     S: 250 SIZE 33554432          one reply of two lines
///
/// It waits for more, never throws, and keeps every byte as evidence up to its limits; what is beyond them is counted. What real
/// servers do otherwise than the RFC says is taken in and named as an `Oddity`.
public struct ReplyParser: Hashable, Sendable {
    /// How much is kept.
    public struct Limits: Hashable, Sendable {
        /// Bytes of one line, its end not counted.
        public var line = 64 << 10
        /// Bytes of one reply.
        public var reply = 1 << 20
        /// RFC 5321 §4.5.3.1.5, with CRLF: longer lines are kept and named.
        public var expectedLine = 512

        public init() {}
    }

    /// What came out of the bytes.
    public enum Output: Hashable, Sendable {
        case reply(Reply)
        /// A line between replies that is none.
        case junk(Oddity)
    }

    private let limits: Limits
    private var unread: [UInt8] = []
    private var position = 0
    private var line: [UInt8] = []
    private var lineLength = 0
    private var reply: OpenReply?

    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes in what was received. Ask `next` until it has nothing more before feeding again.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        if position == unread.count {
            unread.removeAll(keepingCapacity: true)
            position = 0
        }
        unread += bytes
    }

    /// The next whole reply or stray line; `nil` when more bytes are needed.
    public mutating func next() -> Output? {
        while position < unread.count {
            let rest = unread[position...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                take(rest)
                position = unread.count
                return nil
            }
            take(rest[...end])
            position = end + 1
            if let output = endLine() { return output }
        }
        return nil
    }

    /// Nothing is held back: no byte unread, no line and no reply begun.
    public var isEmpty: Bool { position == unread.count && lineLength == 0 && reply == nil }

    /// What was received and belongs to no whole reply yet, for showing when the connection ends or the wait grows long.
    public var unfinished: [UInt8] { (reply?.raw ?? []) + line + unread[position...] }

    /// Forgets everything that is not yet a whole reply and says what it was. For the moment before TLS begins, RFC 3207 §4.2.
    public mutating func takeUnfinished() -> [UInt8] {
        defer { self = ReplyParser(limits: limits) }
        return unfinished
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        lineLength += bytes.count
        let room = limits.line + 2 - line.count
        if room > 0 { line += bytes.prefix(room) }
    }

    private mutating func endLine() -> Output? {
        defer {
            line.removeAll(keepingCapacity: line.capacity < 4096)
            lineLength = 0
        }
        let ended = EndedLine(line, length: lineLength, limits: limits)
        guard let parsed = ReplyLine(ended.content) else {
            guard reply == nil else {
                reply?.keepJunk(ended, limits: limits)
                return nil
            }
            let evidence = ended.content.isEmpty ? "an empty line" : EvidenceText.escaped(ended.content.prefix(80))
            return .junk(Oddity(.notAReply, evidence))
        }
        var open = reply ?? OpenReply(code: parsed.code)
        open.add(parsed, ended, limits: limits)
        reply = parsed.continues ? open : nil
        return parsed.continues ? nil : .reply(open.closed())
    }
}

/// A line that has come to its end, and how it ended.
struct EndedLine {
    /// Without the line end.
    var content: ArraySlice<UInt8>
    /// As received, up to the limit.
    var raw: [UInt8]
    var length: Int
    var oddities: [Oddity] = []

    init(_ kept: [UInt8], length: Int, limits: ReplyParser.Limits) {
        (raw, self.length) = (kept, length)
        content = kept[...]
        if length > kept.count {
            content = kept.prefix(limits.line)
            oddities.append(Oddity(.lineCut, "\(length) octets, \(limits.line) kept"))
        } else {
            content.removeLast()
            var returns = 0
            while content.last == UInt8(ascii: "\r") {
                content.removeLast()
                returns += 1
            }
            if returns == 0 { oddities.append(Oddity(.bareLineFeed, "LF without CR")) }
            if returns > 1 {
                oddities.append(Oddity(.carriageReturnsDoubled, returns == 2 ? "CR CR LF" : "\(returns) CR before LF"))
            }
        }
        if length > limits.expectedLine {
            oddities.append(Oddity(.lineTooLong, "\(length) octets; RFC 5321 allows \(limits.expectedLine)"))
        }
    }
}

/// A reply whose last line has not come yet.
private struct OpenReply: Hashable, Sendable {
    let firstCode: ReplyCode
    var code: ReplyCode
    var lines: [[UInt8]] = []
    var raw: [UInt8] = []
    var oddities: [Oddity] = []
    var status: EnhancedStatusCode?
    var received = 0
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
        note(Oddity(.notAReply, "inside the reply: " + EvidenceText.escaped(ended.content.prefix(60))))
        keep(ended, limits)
    }

    private mutating func keep(_ ended: EndedLine, _ limits: ReplyParser.Limits) {
        received += ended.length
        isCut = isCut || raw.count + ended.raw.count > limits.reply
        if !isCut { raw += ended.raw }
    }

    /// One oddity of a kind is enough for a reply.
    private mutating func note(_ oddity: Oddity) {
        if !oddities.contains(where: { $0.kind == oddity.kind }) { oddities.append(oddity) }
    }

    func closed() -> Reply {
        var oddities = oddities
        if isCut { oddities.append(Oddity(.replyCut, "\(received) octets, \(raw.count) kept")) }
        if code.severity == nil || code.severity == .preliminary {
            oddities.append(Oddity(.unexpectedCode, "no SMTP reply begins with \(code.value / 100)"))
        }
        return Reply(code: code, lines: lines, status: status, raw: raw, oddities: oddities)
    }
}
