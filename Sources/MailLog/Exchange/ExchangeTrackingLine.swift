/// One line of an Exchange message tracking log, taken apart.
///
///     2026-02-02T10:00:06.300Z,198.51.100.4,mx.sender.test,192.0.2.25,EX1,08DC6F0000000001;…;1,EX1\Default,SMTP,RECEIVE,…
///
/// 21 fields in Exchange 2007, 26 in 2010, 27 to 30 since 2013, which put the network message id before the recipients; later
/// versions only add fields at the end.
struct ExchangeTrackingLine {
    enum Event: String, CaseIterable {
        case received = "RECEIVE"
        case submitted = "SUBMIT"
        case sent = "SEND"
        case sentExternally = "SENDEXTERNAL"
        case delivered = "DELIVER"
        case deliveredTwice = "DUPLICATEDELIVER"
        case deferred = "DEFER"
        case deferredAtSubmission = "SUBMITDEFER"
        case deferredAgain = "RESUBMITDEFER"
        case failed = "FAIL"
        case failedAtSubmission = "SUBMITFAIL"
        case failedAgain = "RESUBMITFAIL"
        case notified = "DSN"
        case expanded = "EXPAND"
        case redirected = "REDIRECT"
        case resolved = "RESOLVE"
        case dropped = "DROP"
        case bad = "BADMAIL"
        case poison = "POISONMESSAGE"
        case throttled = "THROTTLE"
        case agent = "AGENTINFO"
        case transferred = "TRANSFER"
        /// An event of another name: its message is known, no outcome is.
        case other = ""
    }

    var time: Timestamp
    var text: Int
    var event: Event
    private var fields: CommaFields
    /// 1 when there is a network message id.
    private var shift = 0
    var isHead = false

    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        (text, time) = (frame.text, frame.time)
        guard frame.isTimed else {
            guard
                line.has("#Log-type: Message Tracking Log", at: text)
                    || line.has("#Fields: date-time,client-ip,", at: text)
            else { return nil }
            (event, fields, isHead) = (.other, CommaFields(line, from: line.count), true)
            return
        }
        guard let (time, start) = ExchangeText.start(line, frame) else { return nil }
        (self.time, text) = (time, start)
        fields = CommaFields(line, from: start)
        guard fields.count >= 15, ExchangeTrackingLine.isWord(line, fields[6]),
            ExchangeTrackingLine.isWord(line, fields[7])
        else { return nil }
        if fields.count >= 26 || ExchangeText.isGUID(line, fields[10]) { shift = 1 }
        let name = line.string(fields[7])
        event = Event(rawValue: name) ?? .other
    }

    /// Source and event are words in capital letters.
    private static func isWord(_ line: Span<UInt8>, _ field: Range<Int>) -> Bool {
        (2...40).contains(field.count) && field.allSatisfy { (0x41...0x5A).contains(line[$0]) }
    }

    var clientAddress: Range<Int> { fields[0] }
    var clientName: Range<Int> { fields[1] }
    var serverAddress: Range<Int> { fields[2] }
    var serverName: Range<Int> { fields[3] }
    var sourceContext: Range<Int> { fields[4] }
    var source: Range<Int> { fields[6] }
    var eventName: Range<Int> { fields[7] }
    var internalID: Range<Int> { fields[8] }
    var messageID: Range<Int> { fields[9] }
    var recipients: Range<Int> { fields[10 + shift] }
    var statuses: Range<Int> { fields[11 + shift] }
    var related: Range<Int> { fields[14 + shift] }
    var reference: Range<Int> { fields[15 + shift] }
    var subject: Range<Int> { fields[16 + shift] }
    var sender: Range<Int> { fields[17 + shift] }
    var returnPath: Range<Int> { fields[18 + shift] }
}
