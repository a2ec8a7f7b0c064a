/// What stands before the words of a Cisco ESA's other logs: the same prefixes as of its mail log, with or without a level word.
///
///     Sat Dec 21 02:37:22 2003 Info: 102503993 Sent: 'MAIL FROM:<a@b>'
///     <22>Feb  2 10:00:05 esa1 bounces: Info: Bounced: 214:0 From:<a@b> …
///     2026-02-02T10:00:06+01:00 relay1 injection: Mon Feb  2 10:00:06 2026 Info: 6 Sent to '198.51.100.4': '220 …'
enum GatewayFrame {
    /// The better of the stamps, and where the words behind the level word begin; nothing where there is no level word.
    static func words(_ line: Span<UInt8>, _ frame: LineFrame) -> (time: Timestamp, text: Int)? {
        var (time, text) = (frame.time, frame.text)
        guard frame.isTimed else { return nil }
        for _ in 0..<4 {
            for level in ["Info: ", "Warning: ", "Critical: ", "Debug: ", "Trace: "] where line.has(level, at: text) {
                return (time, text + level.utf8.count)
            }
            if let (inner, end) = line.ctime(at: text) ?? line.bsdTime(at: text), line.has(" ", at: end) {
                (time, text) = (inner, end + 1)
            } else if let blank = line.index(of: 0x20, from: text), blank - text < 256, blank > text {
                // A name of a log, or a host before it.
                text = blank + 1
            } else {
                return nil
            }
        }
        return nil
    }
}
