import MailVocabulary
import SMTP

/// A conversation file: what both sides say in one situation, what the operator orders, and what must be known in the end.
///
///     # a comment               plan: tls required        the plan of the session, before everything else
///     S: 220 mx.example.test    the server says a line     S| 250 o\x00k\n   the server sends exactly these bytes
///     C: EHLO probe.example.net the client must say this   C: [message]      the test message and its dot
///     > run RCPT                the operator's order       -- waits 31 s     time goes by (not over sockets)
///     -- handshake              TLS begins and succeeds    -- closes         FIN      -- resets     RST
///     = closed: quit            must be known in the end, see `knowledge(of:)`
public struct Conversation: Sendable {
    public enum Line: Equatable, Sendable {
        case server([UInt8])
        case client(String)
        case message
        case order(SessionOrder)
        case waits(Duration)
        case handshake, closes, resets
    }

    /// Why a file cannot be read.
    public struct Fault: Error, CustomStringConvertible {
        public var description: String
    }

    public private(set) var plan: SessionPlan
    public private(set) var lines: [Line] = []
    /// The `=` lines.
    public private(set) var expectations: [String] = []

    public init(_ text: String) throws(Fault) {
        plan = SessionPlan(
            target: SessionTarget(.host("mx1.example.test")), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [Recipient("user@example.test")])
        plan.message.date = "Sat, 21 Nov 2026 19:40:11 +0000"
        plan.message.messageID = "7f3a@probe.example.net"
        for line in text.split(separator: "\n") where !line.hasPrefix("#") { try read(line) }
    }

    private mutating func read(_ line: Substring) throws(Fault) {
        let words = line.split(separator: " ", maxSplits: 1)
        guard let mark = words.first else { return }
        let rest = words.count > 1 ? String(words[1]) : ""
        switch mark {
        case "S:": lines.append(.server(try Self.bytes(rest) + [0x0D, 0x0A]))
        case "S|": lines.append(.server(try Self.bytes(rest)))
        case "C:": lines.append(rest == "[message]" ? .message : .client(rest))
        case ">": lines.append(.order(try Self.order(rest)))
        case "=": expectations.append(rest)
        case "--" where rest == "handshake": lines.append(.handshake)
        case "--" where rest == "closes": lines.append(.closes)
        case "--" where rest == "resets": lines.append(.resets)
        case "--" where rest.hasPrefix("waits "):
            guard let seconds = rest.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
                throw Fault(description: "how long? \(line)")
            }
            lines.append(.waits(.seconds(seconds)))
        case "plan:": try setPlan(rest)
        default: throw Fault(description: "not a line of a conversation: \(line)")
        }
    }

    private mutating func setPlan(_ text: String) throws(Fault) {
        let words = text.split(separator: " ").map { String($0) }
        switch (words.first ?? "", words.dropFirst().first ?? "") {
        case ("tls", let word):
            guard let policy = SessionPlan.TLSPolicy(rawValue: word) else { throw Fault(description: "plan: \(text)") }
            plan.tls = policy
        case ("from", let path): plan.reversePath = path
        case ("to", let path):
            let notify = words.dropFirst(2).compactMap { Recipient.Notify(rawValue: $0) }
            plan.recipients.append(Recipient(path, notify: notify))
        case ("nobody", _): plan.recipients = []
        case ("send", _): plan.stopAfter = .endOfData
        default: throw Fault(description: "plan: \(text)")
        }
    }

    private static func order(_ text: String) throws(Fault) -> SessionOrder {
        let words = text.split(separator: " ", maxSplits: 1).map { String($0) }
        switch (words.first ?? "", words.dropFirst().first ?? "") {
        case ("run", let word):
            guard let stage = SessionStage(rawValue: word) else { throw Fault(description: "no such stage: \(word)") }
            return .run(upTo: stage)
        case ("type", let line): return .type(line)
        case ("proceed", _): return .proceed
        case ("send", _): return .sendMessage
        case ("quit", _): return .quit
        case ("drop", _): return .drop
        default: throw Fault(description: "no such order: \(text)")
        }
    }

    private static func bytes(_ text: String) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "x"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                    throw Fault(description: "bad escape in \(text)")
                }
                rest = rest.dropFirst(2)
                bytes.append(value)
            default: throw Fault(description: "bad escape in \(text)")
            }
        }
        return bytes
    }

    // MARK: playing

    /// Tells the conversation to a state machine.
    public func play() -> Playbook {
        var story = Playbook(plan)
        story.connect()
        for (index, line) in lines.enumerated() {
            switch line {
            // Lines that follow each other come in one segment.
            case .server where index > 0 && Self.isServer(lines[index - 1]): break
            case .server: story.receive(lines[index...].prefix(while: Self.isServer).flatMap(Self.serverBytes))
            case .client(let text): story.expect(text)
            case .message: story.expectMessage()
            case .order(let order): story.order(order)
            case .waits(let time): story.wait(time)
            case .handshake: story.handshake()
            case .closes: story.end(.finished)
            case .resets: story.end(.reset)
            }
        }
        return story
    }

    static func isServer(_ line: Line) -> Bool { !serverBytes(line).isEmpty }

    static func serverBytes(_ line: Line) -> [UInt8] { if case .server(let bytes) = line { bytes } else { [] } }

    /// What a record knows, in the words of the `=` lines.
    public static func knowledge(of record: SessionRecord) -> Set<String> {
        var known: Set<String> = []
        if let reason = record.closed { known.insert("closed: \(reason.words)") } else { known.insert("open") }
        for step in record.steps { known.insert("step: \(step.name) \(step.verdict.rawValue) \(step.outcome)") }
        for id in record.acceptances { known.insert("accepted: \(id)") }
        if let step = record.suggestion { known.insert("suggests: \(step.line)") }
        if let vendor = record.vendor { known.insert("vendor: \(vendor)") }
        if record.isWaiting { known.insert("waiting: \(record.stage.rawValue)") }
        for event in record.events {
            switch event.fact {
            case .oddity(let oddity, _): known.insert("oddity: \(oddity.kind.rawValue)")
            case .received(let reply, _, _, _, _):
                for oddity in reply.oddities { known.insert("oddity: \(oddity.kind.rawValue)") }
            case .closed(let reason, let stage):
                if reason.leavesOutcomeUnknown(at: stage) { known.insert("outcome: unknown") }
            case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .secured, .waiting, .gaveUp,
                .note:
                break
            }
        }
        return known
    }
}
