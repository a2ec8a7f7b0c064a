/// One consolidated event of a Cisco ESA (AsyncOS 13 and later): one line a message, written when it ends.
///
///     Mon Feb  2 10:00:09 2026: CEF:0|Cisco|C100V Email Security Virtual Appliance|14.0.0-657|ESA_CONSOLIDATED_LOG_EVENT|
///     Consolidated Log Event|5|deviceExternalId=… ESAMID=214 ESAICID=6 ESADCID=3 act=DELIVERED …
struct GatewayConsolidatedLine {
    var time: Timestamp
    var fields: CommonEventFields
    var text: Int

    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard frame.isTimed, let head = line.index(of: "CEF:", from: 0), head < 300,
            let bar = line.index(of: "|Cisco|", from: head), bar - head < 8,
            let name = line.index(of: "ESA_CONSOLIDATED_LOG_EVENT|", from: bar), name - head < 400
        else { return nil }
        var index = name + 27
        // Two more fields of the head: the event's name and its severity.
        for _ in 0..<2 {
            guard let next = line.index(of: 0x7C, from: index) else { return nil }
            index = next + 1
        }
        (time, text) = (frame.time, head)
        fields = CommonEventFields(line, from: index)
    }

    enum Action { case delivered, bounced, quarantined, dropped, aborted, other }

    func action(_ line: Span<UInt8>) -> Action {
        let at = fields.value(line, "act")
        let details = fields.value(line, "ESAFinalActionDetails")
        if line.has("DELIVERED", at: at.lowerBound) { return .delivered }
        if line.has("BOUNCED", at: at.lowerBound) { return .bounced }
        if line.has("QUARANTINED", at: at.lowerBound) || at.count == 2 && line.has("DQ", at: at.lowerBound) {
            return .quarantined
        }
        if line.has("DROPPED", at: at.lowerBound) { return .dropped }
        guard line.has("ABORTED", at: at.lowerBound) else { return .other }
        return DialogueText.holds(line, details, "ropped") ? .dropped : .aborted
    }

    /// The Message-ID without quotes and brackets.
    func messageID(_ line: Span<UInt8>) -> Range<Int> {
        let value = fields.custom(line, "ExternalMsgID")
        guard value.count > 2, line[value.lowerBound] == 0x27 || line[value.lowerBound] == 0x22 else { return value }
        return (value.lowerBound + 1)..<(value.upperBound - 1)
    }

    /// The recipients, which are separated by semicolons or commas.
    func recipients(_ line: Span<UInt8>) -> [Range<Int>] {
        let list = fields.value(line, "duser")
        var (found, begin) = ([Range<Int>](), list.lowerBound)
        for index in list where [0x3B, 0x2C, 0x20].contains(line[index]) {
            if index > begin { found.append(begin..<index) }
            begin = index + 1
        }
        return begin < list.upperBound ? found + [begin..<list.upperBound] : found
    }
}
