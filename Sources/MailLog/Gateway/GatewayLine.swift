/// One line of a Cisco ESA text mail log, taken apart.
///
/// Identifiers count at the grammar's places only: a number in a subject, a file name or a status line is not one.
struct GatewayLine {
    var frame: LineFrame
    var level: Range<Int>
    /// Where the words after the level begin.
    var text: Int
    var event: GatewayEvent

    /// Nothing when there is no level word where this format has one.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        self.frame = frame
        text = frame.text
        level = 0..<0
        if !frame.tag.isEmpty, GatewayLine.levelEnd(line, frame.tag.lowerBound) == text {
            // A relay left the subscription's name out.
            level = frame.tag
            event = GatewayGrammar.event(line, text)
            return
        }
        var left = 3
        while true {
            if let end = GatewayLine.levelEnd(line, text) {
                level = text..<(end - 2)
                text = end
                break
            }
            left -= 1
            guard left > 0 else { return nil }
            // A relay may have put its own frame before the appliance's: the inner stamp is the better one.
            if let (time, end) = line.ctime(at: text) ?? line.bsdTime(at: text), line.has(" ", at: end) {
                self.frame.time = time
                text = end + 1
            } else if let end = GatewayLine.innerName(line, text) {
                text = end
            } else {
                return nil
            }
        }
        event = GatewayGrammar.event(line, text)
    }

    private static func levelEnd(_ line: Span<UInt8>, _ index: Int) -> Int? {
        guard index < line.count else { return nil }
        switch line[index] {
        case 0x49: return line.has("Info: ", at: index) ? index + 6 : nil
        case 0x57: return line.has("Warning: ", at: index) ? index + 9 : nil
        case 0x43: return line.has("Critical: ", at: index) ? index + 10 : nil
        case 0x44: return line.has("Debug: ", at: index) ? index + 7 : nil
        case 0x54: return line.has("Trace: ", at: index) ? index + 7 : nil
        default: return nil
        }
    }

    /// `10.0.1.1 MAIL_SecurityAudit: ` or `mail_logs: ` inside a relay's frame.
    private static func innerName(_ line: Span<UInt8>, _ index: Int) -> Int? {
        guard let first = line.index(of: 0x20, from: index), first - index < 256 else { return nil }
        if line[first - 1 + (first == index ? 1 : 0)] == 0x3A { return first + 1 }
        guard let second = line.index(of: 0x20, from: first + 1), second - first < 256, line[second - 1] == 0x3A else {
            return nil
        }
        return second + 1
    }
}
