/// One line of an Exchange SMTP protocol log, of the receiving or of the sending side, taken apart.
///
///     2026-02-02T10:00:04.001Z,EX1\Default Frontend EX1,08DC6F0000000001,3,192.0.2.25:25,198.51.100.4:51022,<,EHLO mx.sender.test,
///
/// The nine fields are the same in every version: time, connector, session, sequence number, local endpoint, remote endpoint,
/// event, data, context. `>` is always what this server sent, so that in a log of the sending side the replies are `<`.
struct ExchangeProtocolLine {
    enum Event {
        case opened
        /// The context says who ended it: `Local`, `Remote`, `Remote(SocketError)`.
        case closed(Range<Int>)
        case sent(Range<Int>)
        case received(Range<Int>)
        /// `*`: what the server notes, in either field.
        case note(Range<Int>, context: Range<Int>)
        /// A `#` line at the start of a file.
        case head
    }

    var time: Timestamp
    var session = 0..<0
    var local = 0..<0
    var remote = 0..<0
    var event: Event
    /// Where the words for people begin: behind the stamp.
    var text: Int

    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard frame.isTimed else {
            guard ExchangeProtocolLine.isHead(line, frame.text) else { return nil }
            (time, event, text) = (frame.time, .head, frame.text)
            return
        }
        guard let (time, start) = ExchangeText.start(line, frame) else { return nil }
        let fields = CommaFields(line, from: start)
        guard fields.count >= 7, ExchangeText.isSession(line, fields[1]),
            let number = line.number(at: fields[2].lowerBound),
            number.end == fields[2].upperBound, fields[5].count == 1
        else { return nil }
        (self.time, text) = (time, start)
        (session, local, remote) = (fields[1], fields[3], fields[4])
        switch line[fields[5].lowerBound] {
        case 0x2B: event = .opened
        case 0x2D: event = .closed(fields[7])
        case 0x3E: event = .sent(fields[6])
        case 0x3C: event = .received(fields[6])
        case 0x2A: event = .note(fields[6], context: fields[7])
        default: return nil
        }
    }

    /// The lines that every Exchange log begins with; the message tracking log's own are left to it.
    private static func isHead(_ line: Span<UInt8>, _ start: Int) -> Bool {
        let heads = [
            "#Software: Microsoft Exchange", "#Version: ", "#Log-type: SMTP ", "#Date: ",
            "#Fields: date-time,connector-id",
        ]
        return heads.contains { line.has($0, at: start) }
    }

    /// True for the sending side: the other end listens where mail is received, and this one does not.
    func isSending(_ line: Span<UInt8>) -> Bool {
        guard let here = ExchangeText.port(line, local) else { return true }
        guard let there = ExchangeText.port(line, remote) else { return false }
        return ExchangeProtocolLine.listens(there) && !ExchangeProtocolLine.listens(here)
    }

    /// The ports of the default connectors.
    private static func listens(_ port: UInt64) -> Bool { [25, 587, 465, 475, 717, 2525].contains(port) }
}
