import SMTP

/// The reply inside a line that somebody pasted from a log or a bounce: `… said: 550 5.1.1 … (in reply to RCPT TO command)`.
struct EmbeddedReply {
    var lines: [ArraySlice<UInt8>]
    var stage: SessionStage?
    /// It has an enhanced code, stands behind words that announce a reply, or at the beginning of its line: a number in a sentence
    /// does not.
    let isPlain: Bool

    /// `nil` when there is nothing in the lines that looks like a code.
    init?(in lines: [ArraySlice<UInt8>]) {
        var best: (line: Int, at: Int, rank: Int)?
        for (number, line) in lines.enumerated() {
            guard let found = Self.bestCode(in: line), found.rank > (best?.rank ?? 0) else { continue }
            best = (number, found.at, found.rank)
        }
        guard let best else { return nil }
        let text = lines[best.line]
        let whole = text[best.at...]
        stage = Self.stage(of: text)
        isPlain = best.rank > 1
        let end = Self.firstPlace(of: " (in reply to ", in: whole) ?? whole.endIndex
        self.lines = [whole[..<end]] + lines[(best.line + 1)...]
    }

    /// The place most likely to be a reply's code, with how likely it is.
    private static func bestCode(in line: ArraySlice<UInt8>) -> (at: Int, rank: Int)? {
        var best: (at: Int, rank: Int)?
        let openers: [UInt8] = [32, 34, 39, 40, 58, 60, 61, 91]
        for at in line.indices where (50...53).contains(line[at]) {
            let before = at > line.startIndex ? line[at - 1] : 32
            guard openers.contains(before), let code = ReplyNormalizer.leadingCode(line[at...].prefix(8)) else {
                continue
            }
            let rest = line[(at + 3)...]
            guard let separator = rest.first, separator == 32 || separator == 45 || separator == 35 else { continue }
            // Cisco's gateways put the text of a reply into quotation marks: `550-'5.1.1 User unknown'`.
            let behind = ReplyNormalizer.trimmed(rest.dropFirst(separator == 35 ? 0 : 1)).drop { $0 == 34 || $0 == 39 }
            var rank = 0
            if ReplyNormalizer.leadingStatus(behind.prefix(20), of: code / 100) != nil {
                rank = 3
            } else if let next = behind.first, Self.startsText(next) {
                rank = 1
            }
            if rank == 1, Self.begins(line[line.startIndex..<at]) { rank = 2 }
            if rank > 0, Self.isIntroduced(line[line.startIndex..<at]) { rank += 2 }
            if rank > (best?.rank ?? 0) { best = (at, rank) }
        }
        return best
    }

    /// Nothing before the code but what a transcript marks the server's lines with.
    private static func begins(_ before: ArraySlice<UInt8>) -> Bool {
        before.allSatisfy { [0x20, 0x09, UInt8(ascii: "<")].contains($0) }
    }

    private static func startsText(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == 60 || byte == 35 || byte == 40
    }

    /// True behind the words with which servers quote a reply: `said: `, `response: `, `Deferred: `.
    private static func isIntroduced(_ before: ArraySlice<UInt8>) -> Bool {
        let tail = before.suffix(64).filter { $0 != 34 && $0 != 39 }
        return tail.suffix(2) == [58, 32] || tail.last == 58
    }

    private static func stage(of line: ArraySlice<UInt8>) -> SessionStage? {
        let folded = line.map(ReplyNormalizer.folded)[...]
        for (words, stage) in marks where firstPlace(of: words, in: folded) != nil { return stage }
        return nil
    }

    /// Postfix's `in reply to`, Exim's `after`.
    private static let marks: [(String, SessionStage)] = [
        ("in reply to end of data", .endOfData), ("after end of data", .endOfData), ("in reply to rcpt to", .recipient),
        ("after rcpt to", .recipient), ("in reply to mail from", .sender), ("after mail from", .sender),
        ("in reply to data", .data), ("after data", .data), ("in reply to ehlo", .hello), ("after ehlo", .hello),
        ("in reply to helo", .hello), ("after helo", .hello), ("in reply to starttls", .startTLS),
        ("after starttls", .startTLS), ("in reply to auth", .authenticate), ("after auth", .authenticate),
        ("in reply to initial", .connect), ("after initial connection", .connect),
    ]

    private static func firstPlace(of words: String, in line: ArraySlice<UInt8>) -> Int? {
        let literal = Array(words.utf8)
        guard line.count >= literal.count, let first = literal.first else { return nil }
        for at in line.startIndex...(line.endIndex - literal.count) where line[at] == first {
            if line[at..<(at + literal.count)].elementsEqual(literal) { return at }
        }
        return nil
    }
}
