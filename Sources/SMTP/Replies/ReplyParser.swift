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
        /// Lines of one reply.
        public var lines = 2000
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
        // What comes off a connection is an array: to add it as one takes no look at what its type can do.
        if let bytes = bytes as? [UInt8] { unread += bytes } else { unread += bytes }
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

    /// Whole lines of the reply that is not whole yet.
    var openLines: Int { reply?.count ?? 0 }

    /// Octets of the reply that is not whole yet, those that are no longer kept counted too.
    var openOctets: Int { (reply?.received ?? 0) + lineLength + unread.count - position }

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
        // Taken out, not copied: a copy for every line would make a long reply quadratic.
        var open = reply.take() ?? OpenReply(code: parsed.code)
        open.add(parsed, ended, limits: limits)
        reply = parsed.continues ? open : nil
        return parsed.continues ? nil : .reply(open.closed())
    }
}
