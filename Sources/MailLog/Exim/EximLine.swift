/// One line of an Exim main log, taken apart: what stands in the file, or in syslog behind a second time stamp.
struct EximLine {
    /// `(helo) [198.51.100.4]:51791`
    struct Client {
        /// Without its brackets.
        var address: Range<Int>
        /// With brackets, and with the port where it is logged.
        var label: Range<Int>
        /// The verified host name; empty when there is only what the client called itself.
        var name: Range<Int>
        var hasPort: Bool
    }

    var time: Timestamp
    /// Where the words after time, zone and process id begin.
    var text: Int
    /// Empty for a line without one.
    var id: Range<Int>
    var event: EximEvent

    /// Nothing when the line does not begin as Exim's do.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard frame.isTimed else {
            guard EximLine.isContinuation(line, frame.text) else { return nil }
            (time, text, id, event) = (frame.time, frame.text, 0..<0, .system)
            return
        }
        var start = 0
        if line.has("exim", at: frame.tag.lowerBound), !frame.tag.isEmpty {
            start = frame.text
            // Long lines are cut up: `[1/2] `, and `[1\2] ` for the first part.
            if line.has("[", at: start), let blank = line.index(of: "] ", from: start), blank - start < 8 {
                start = blank + 2
                if EximLine.isContinuation(line, start) {
                    (time, text, id, event) = (frame.time, start, 0..<0, .system)
                    return
                }
            }
        } else if line.count < 20 || line[10] != 0x20 {
            return nil
        }
        guard let (time, end) = line.isoTime(at: start), line.has(" ", at: end) else { return nil }
        self.time = time
        text = end + 1
        if line.has("+", at: text) || line.has("-", at: text), line.has(" ", at: text + 5),
            line.number(at: text + 1)?.end == text + 5
        {
            text += 6
        }
        if line.has("[", at: text), let pid = line.number(at: text + 1), line.has("] ", at: pid.end) {
            text = pid.end + 2
        }
        id = EximLine.id(line, text) ?? 0..<0
        guard
            let event = id.isEmpty
                ? EximGrammar.ofConnection(line, text) : EximGrammar.ofMessage(line, min(id.upperBound + 1, line.count))
        else { return nil }
        self.event = event
    }

    /// The second line of a warning, which has no stamp of its own.
    private static func isContinuation(_ line: Span<UInt8>, _ start: Int) -> Bool {
        line.has(" Suggested action: ", at: start)
    }

    /// `1xUr0Z-00001B-2I`, or `10HmaX-000000005vi-0000` since 4.97, followed by a blank.
    static func id(_ line: Span<UInt8>, _ start: Int) -> Range<Int>? {
        for groups in [[6, 6, 2], [6, 11, 4]] {
            var index = start
            for (place, length) in groups.enumerated() {
                if place > 0 {
                    guard line.has("-", at: index) else { break }
                    index += 1
                }
                var left = length
                while left > 0, index < line.count, isBase62(line[index]) { (index, left) = (index + 1, left - 1) }
                guard left == 0 else { break }
                if place == 2, index == line.count || line[index] == 0x20 { return start..<index }
            }
        }
        return nil
    }

    private static func isBase62(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// The first host of the line at or after `start`: `name (helo) [address]:port`.
    static func client(_ line: Span<UInt8>, _ start: Int) -> Client? {
        var from = start
        while let open = line.index(of: 0x5B, from: from), let close = line.index(of: 0x5D, from: open) {
            let address = (open + 1)..<close
            // `([10.0.0.1])` is what the client called itself.
            if open > 0, line[open - 1] != 0x28, PackedAddress(line, address) != nil {
                var end = close + 1
                let port = line.has(":", at: end) ? line.number(at: end + 1) : nil
                if let port { end = port.end }
                // Without the port, what the client called itself tells two sessions of one client apart.
                let begin = port == nil ? introduction(line, before: open) : open
                return Client(
                    address: address, label: begin..<end, name: name(line, before: open), hasPort: port != nil)
            }
            from = open + 1
        }
        return nil
    }

    /// Where `(helo)` begins that stands before `[address]`; the bracket itself when the client did not say.
    private static func introduction(_ line: Span<UInt8>, before open: Int) -> Int {
        guard open > 1, line[open - 2] == 0x29 else { return open }
        var begin = open - 2
        while begin > 0, line[begin] != 0x28 { begin -= 1 }
        return line[begin] == 0x28 ? begin : open
    }

    /// The host name that stands before `[address]`, what the client called itself (in parentheses) left out.
    private static func name(_ line: Span<UInt8>, before open: Int) -> Range<Int> {
        var end = open - 1
        if end > 0, line[end - 1] == 0x29 {
            while end > 0, line[end] != 0x28 { end -= 1 }
            end -= 1
        }
        guard end > 0 else { return 0..<0 }
        var begin = end
        while begin > 0, line[begin - 1] != 0x20 { begin -= 1 }
        if line.has("H=", at: begin) { begin += 2 }
        guard begin < end, (begin..<end).contains(where: { line[$0] == 0x2E }) else { return 0..<0 }
        return begin..<end
    }
}
