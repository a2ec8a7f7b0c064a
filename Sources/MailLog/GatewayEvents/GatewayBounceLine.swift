/// One line of a Cisco ESA's bounce log: one recipient, whole in itself.
///
///     Delayed: 214:0 From:<a@b> To:<c@d> Reason: "4.1.0 - Unknown address error" Response: "('451', ['later'])"
///     Bounced: 214:0 From:<a@b> To:<c@d> Reason: "5.1.0 - Unknown address error" Response: "('550', ['5.1.1 …'])" Headers: […]
struct GatewayBounceLine {
    var time: Timestamp
    var mid: UInt64
    var rid: UInt32
    var isBounce: Bool
    var sender: Range<Int>
    var recipient: Range<Int>
    var reason: Range<Int>
    /// With its code, as the mail log writes it: `('550', ['…'])`; empty when there was none.
    var response: Range<Int>
    var text: Int

    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard let (time, text) = GatewayFrame.words(line, frame) else { return nil }
        isBounce = line.has("Bounced: ", at: text)
        guard isBounce || line.has("Delayed: ", at: text), let mid = line.number(at: text + 9),
            line.has(":", at: mid.end), let rid = line.number(at: mid.end + 1), rid.value < UInt32.max,
            line.has(" From:", at: rid.end)
        else { return nil }
        (self.time, self.text) = (time, text)
        (self.mid, self.rid) = (mid.value, UInt32(rid.value))
        sender = line.bracketed(at: rid.end + 6) ?? 0..<0
        let label = line.index(of: " To:", from: sender.isEmpty ? rid.end : sender.upperBound)
        recipient = label.flatMap { line.bracketed(at: $0 + 4) } ?? 0..<0
        reason = line.quoted("Reason: ", from: rid.end) ?? 0..<0
        response = 0..<0
        if let open = line.index(of: "Response: \"", from: rid.end), line.has("('", at: open + 11) {
            let close = line.index(of: "])\"", from: open + 11)
            response = (open + 11)..<(close.map { $0 + 2 } ?? line.count)
        }
    }

    /// What the graph keeps as the reason.
    var detail: Range<Int> { response.isEmpty ? reason : response }
}
