import MailVocabulary
import SMTP

/// What of the engines is fed with arbitrary bytes: by the fuzzer (`Tests/Fuzz`), and by the test that replays what it found.
///
/// Each part has an oracle: what must hold whatever the bytes are. It gives a sentence when something does not.
public enum FuzzedPart: String, Sendable, CaseIterable {
    /// Bytes into replies, `ReplyParser`. The first byte says how they are cut.
    case replies
    /// The EHLO list of a reply, `EHLOKeyword`.
    case keywords
    /// A whole session by a plan, `SessionStateMachine`: the first byte chooses the plan, the others are the server's.
    case sessions
    /// A message of a name server, `MessageDecoder`.
    case messages

    /// What does not hold for these bytes; `nil` when all is well.
    public func complaint(about input: [UInt8]) -> String? {
        switch self {
        case .replies: replies(input)
        case .keywords: keywords(input)
        case .sessions: FuzzedSession(input).complaint()
        case .messages: FuzzedMessage(input).complaint()
        }
    }

    private func replies(_ input: [UInt8]) -> String? {
        guard let first = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        var limits = ReplyParser.Limits()
        if first & 0x80 != 0 { (limits.line, limits.reply, limits.lines) = (16, 64, 4) }
        let (whole, left) = Self.parsed(bytes, pieces: max(bytes.count, 1), limits)
        let (cut, leftOfCut) = Self.parsed(bytes, pieces: 1 + Int(first & 0x1F), limits)
        if whole != cut || left != leftOfCut { return "cut otherwise, the bytes are read otherwise" }
        for output in whole {
            guard case .reply(let reply) = output else { continue }
            if reply.lines.isEmpty { return "a reply without a line" }
            if reply.raw.count > limits.reply + limits.line + 2 || reply.lines.count > limits.lines {
                return "more is kept than the limits allow: \(reply.raw.count) octets"
            }
            if let complaint = Self.unprintable(reply) { return complaint }
        }
        let kept = whole.reduce(left.count) { sum, output in
            if case .reply(let reply) = output { sum + reply.raw.count } else { sum }
        }
        return kept > bytes.count ? "more is kept than was there" : nil
    }

    private static func parsed(
        _ bytes: [UInt8], pieces size: Int, _ limits: ReplyParser.Limits
    ) -> ([ReplyParser.Output], [UInt8]) {
        var parser = ReplyParser(limits: limits)
        var outputs: [ReplyParser.Output] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            parser.feed(bytes[start..<min(start + size, bytes.count)])
            while let output = parser.next() { outputs.append(output) }
        }
        return (outputs, parser.unfinished)
    }

    /// Evidence holds no control, no format character and nothing that is no text at all.
    private static func unprintable(_ reply: Reply) -> String? {
        for text in reply.oddities.map(\.evidence) + [EvidenceText.escaped(reply.raw)] {
            for scalar in text.unicodeScalars {
                let category = scalar.properties.generalCategory
                if [.control, .format, .lineSeparator, .paragraphSeparator, .unassigned].contains(category) {
                    return "evidence holds U+\(String(scalar.value, radix: 16)): \(text.debugDescription)"
                }
            }
        }
        return nil
    }

    private func keywords(_ input: [UInt8]) -> String? {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        let list = EHLOKeyword.list(in: Reply(code: 250, lines: [Array("mx".utf8)] + lines))
        if list.count > lines.count { return "more keywords than lines" }
        for keyword in list where keyword.name.isEmpty || keyword.name.contains(" ") {
            return "a keyword without a name"
        }
        let again = EHLOKeyword.list(
            in: Reply(code: 250, lines: [[]] + list.map { Array($0.description.utf8) }))
        if again.map(\.name) != list.map(\.name) { return "written down, the list reads otherwise" }
        if !CapabilityDifference(from: list, to: list).isEmpty { return "a list differs from itself" }
        return nil
    }
}
