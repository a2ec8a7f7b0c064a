/// What stands before the words of a log line: time, host, program. Common to all formats.
///
///     Wed Feb  2 23:43:11 2008 Info: …                                  (ctime: the appliance's own file)
///     Wed Feb  2 23:43:11 2008 postfix/smtpd[229]: …                (the same, of a collector that leaves the host out)
///     Wed Feb  2 23:43:11 2008: CEF:0|Cisco|…                           (the same, consolidated events)
///     <22>Feb  2 23:43:11 esa1 mail_logs: Info: …                       (RFC 3164, with or without priority or host)
///     2026-11-21T19:31:35.637+00:00 mx postfix/smtpd[229]: …            (RFC 3339, as rsyslog and maillog_file write)
///     <22>1 2026-11-21T19:31:35Z mx postfix 229 - - …                   (RFC 5424)
///     2026-11-21T19:31:35.637Z,EX1\Default,…                            (comma separated values: Exchange)
///     #Fields: date-time,connector-id,…                                 (a head line of such a file: no time)
struct LineFrame {
    var time: Timestamp
    /// Empty when the frame names none.
    var host = 0..<0
    /// The program or the name of the log subscription; empty in a ctime frame.
    var tag = 0..<0
    var pid: UInt64 = 0
    /// Where the words begin.
    var text: Int
    /// False for a head line, `#Fields: …`, which says what follows and not when.
    var isTimed = true

    private init(time: Timestamp, host: Range<Int>, tag: Range<Int>, pid: UInt64, text: Int) {
        (self.time, self.host, self.tag, self.pid, self.text) = (time, host, tag, pid, text)
    }

    init?(_ line: Span<UInt8>) {
        var index = 0
        if line.count > 4, line[0] == 0x3C, let priority = line.number(at: 1), line.has(">", at: priority.end) {
            index = priority.end + 1
            if line.has("1 ", at: index), let (time, end) = line.isoTime(at: index + 2) {
                guard let frame = LineFrame.structured(line, time, end) else { return nil }
                self = frame
                return
            }
        }
        if let (time, end) = line.ctime(at: index), line.has(" ", at: end) || line.has(": ", at: end) {
            (self.time, text) = (time, line.has(" ", at: end) ? end + 1 : end + 2)
            takeProcess(line)
            return
        }
        guard let (time, end) = line.bsdTime(at: index) ?? line.isoTime(at: index) else {
            guard let head = LineFrame.head(line) else { return nil }
            (self.time, text, isTimed) = (Timestamp(seconds: 0), head, false)
            return
        }
        guard line.has(" ", at: end) else {
            // Comma separated values: the time is the first of them.
            guard line.has(",", at: end) else { return nil }
            (self.time, text) = (time, end + 1)
            return
        }
        (self.time, text) = (time, end + 1)
        if line.has("<", at: text), let facility = LineFrame.facilityEnd(line, text) { text = facility }
        // One word alone: Exim's own file has such lines.
        guard var end = line.index(of: 0x20, from: text) else { return }
        if line[end - 1] != 0x3A {
            host = text..<end
            text = end + 1
            guard let next = line.index(of: 0x20, from: text), line[next - 1] == 0x3A else { return }
            end = next
        }
        tag = text..<(end - 1)
        text = end + 1
        if line[tag.upperBound - 1 + (tag.isEmpty ? 1 : 0)] == 0x5D,
            let open = line.index(of: 0x5B, from: tag.lowerBound),
            open < tag.upperBound, let number = line.number(at: open + 1)
        {
            (pid, tag) = (number.value, tag.lowerBound..<open)
        }
    }

    /// `postfix/smtpd[229]: ` right behind the time: some collectors write their own stamp in the place of time and host.
    private mutating func takeProcess(_ line: Span<UInt8>) {
        guard let end = line.index(of: 0x20, from: text), end - text > 4, line.has("]:", at: end - 2),
            let open = line.index(of: 0x5B, from: text), open > text, let number = line.number(at: open + 1),
            number.end == end - 2
        else { return }
        (tag, pid, text) = (text..<open, number.value, end + 1)
    }

    /// Behind `<mail.info> `, which the syslogd of the BSDs writes when told to be verbose.
    private static func facilityEnd(_ line: Span<UInt8>, _ index: Int) -> Int? {
        guard let end = line.index(of: "> ", from: index), end - index < 20 else { return nil }
        return end + 2
    }

    /// Where a head line begins, behind a byte order mark if there is one; a line that goes on with the one before begins with
    /// a blank and has no time either.
    private static func head(_ line: Span<UInt8>) -> Int? {
        let start = line.has("\u{FEFF}", at: 0) ? 3 : 0
        return line.has("#", at: start) || line.has(" ", at: start) ? start : nil
    }

    /// The fields after the time of an RFC 5424 line: host, application, process id, message id, structured data.
    private static func structured(_ line: Span<UInt8>, _ time: Timestamp, _ end: Int) -> LineFrame? {
        var fields: [Range<Int>] = []
        var index = end + 1
        while fields.count < 5 {
            guard index < line.count, let next = line.index(of: 0x20, from: index) else { return nil }
            fields.append(index..<next)
            index = next + 1
        }
        if line[fields[4].lowerBound] == 0x5B, let close = line.index(of: "] ", from: fields[4].lowerBound) {
            index = close + 2
        }
        // rsyslog leaves the blank that stood before the words of an RFC 3164 line; others put a byte order mark there.
        while line.has(" ", at: index) || line.has("\u{FEFF}", at: index) { index += line.has(" ", at: index) ? 1 : 3 }
        let pid = line.number(at: fields[2].lowerBound)?.value ?? 0
        return LineFrame(time: time, host: fields[0], tag: fields[1], pid: pid, text: index)
    }
}
