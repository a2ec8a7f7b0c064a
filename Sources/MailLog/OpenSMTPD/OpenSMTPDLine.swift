/// One line of an OpenSMTPD log, taken apart.
///
///     2a35fc9ae4080d52 smtp connected address=198.51.100.4 host=mx.sender.test     (since 6.0)
///     smtp-in: New session 08d856b172f69c5c from host mx.sender.test [198.51.100.4]
struct OpenSMTPDLine {
    var frame: LineFrame
    /// 16 hexadecimal digits; empty for a line without a session.
    var session = 0..<0
    var event: OpenSMTPDEvent

    /// Nothing when the program is not OpenSMTPD's `smtpd`.
    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard frame.tag.count == 5, line.has("smtpd", at: frame.tag.lowerBound), frame.text < line.count else {
            return nil
        }
        self.frame = frame
        let text = frame.text
        if OpenSMTPDLine.isHexadecimal(line, text, 16), line.has(" ", at: text + 16) {
            session = text..<(text + 16)
            guard let event = OpenSMTPDLine.ofSession(line, text + 17) else { return nil }
            self.event = event
        } else if line.has("smtp-in: ", at: text) {
            guard let label = line.index(of: "ession ", from: text), OpenSMTPDLine.isHexadecimal(line, label + 7, 16)
            else {
                event = .system
                return
            }
            session = (label + 7)..<(label + 23)
            event = OpenSMTPDLine.oldReceiving(line, text + 9, session.upperBound)
        } else if let event = OpenSMTPDLine.oldDelivery(line, text) {
            self.event = event
        } else {
            let heads = ["info: ", "warn: ", "smtp-out: ", "mta: ", "debug: ", "fatal: "]
            guard heads.contains(where: { line.has($0, at: text) }) else { return nil }
            event = .system
        }
    }

    static func isHexadecimal(_ line: Span<UInt8>, _ start: Int, _ length: Int) -> Bool {
        guard start >= 0, start + length <= line.count else { return false }
        for index in start..<(start + length) {
            switch line[index] {
            case 0x30...0x39, 0x61...0x66: continue
            default: return false
            }
        }
        return true
    }

    // MARK: Since 6.0

    private static func ofSession(_ line: Span<UInt8>, _ at: Int) -> OpenSMTPDEvent? {
        if line.has("smtp ", at: at) { return receiving(line, at + 5) }
        let isRemote = line.has("mta ", at: at)
        guard isRemote || line.has("mda ", at: at) else { return nil }
        let at = at + 4
        if line.has("delivery ", at: at), let id = line.field("evpid=", from: at), isHexadecimal(line, id.lowerBound, 8)
        {
            return .delivery(
                id: id, recipient: address(line, " to=", at),
                relay: line.quoted(" relay=", from: at) ?? line.quoted(" user=", from: at) ?? 0..<0,
                result(line, line.quoted(" result=", from: at) ?? 0..<0), reply: statement(line, at))
        }
        if line.has("connecting ", at: at), let url = line.field("address=", from: at) {
            return .connecting(address: host(line, url))
        }
        if line.has("tls ", at: at) { return .deliveryTLS }
        if line.has("error ", at: at), let reason = line.index(of: "reason=", from: at) {
            return .deliveryFailed(reason: line.rest(from: reason + 7))
        }
        return .deliveryNote
    }

    private static func receiving(_ line: Span<UInt8>, _ at: Int) -> OpenSMTPDEvent {
        if line.has("connected ", at: at), let address = line.field("address=", from: at) {
            return .connected(address: address, name: line.field(" host=", from: at) ?? 0..<0)
        }
        if line.has("tls ", at: at) { return .tls }
        if line.has("message ", at: at), let id = line.field("msgid=", from: at) {
            return .message(id: id, sender: 0..<0, recipient: 0..<0)
        }
        if line.has("envelope ", at: at), let id = line.field("evpid=", from: at), isHexadecimal(line, id.lowerBound, 8)
        {
            return .envelope(id: id, sender: address(line, " from=", at), recipient: address(line, " to=", at))
        }
        if line.has("failed-command ", at: at) {
            return .failedCommand(
                command: line.quoted("command=", from: at) ?? 0..<0, reply: line.quoted(" result=", from: at) ?? 0..<0)
        }
        if line.has("authentication ", at: at) {
            let succeeded = line.index(of: "result=ok", from: at) != nil
            return .authentication(succeeded: succeeded, words: line.rest(from: at))
        }
        if line.has("disconnected", at: at) {
            return .disconnected(reason: line.quoted("reason=", from: at) ?? 0..<0)
        }
        return .sessionNote
    }

    /// What stands in `<…>` behind the label.
    private static func address(_ line: Span<UInt8>, _ label: String, _ at: Int) -> Range<Int> {
        line.index(of: label, from: at).flatMap { line.bracketed(at: $0 + label.utf8.count) } ?? 0..<0
    }

    /// `stat="250 2.0.0 Ok"`: the last field, its text may hold quotes of its own.
    private static func statement(_ line: Span<UInt8>, _ at: Int) -> Range<Int> {
        guard let label = line.index(of: " stat=", from: at) else { return 0..<0 }
        let rest = line.rest(from: label + 6)
        guard line.has("\"", at: rest.lowerBound), rest.count >= 2, line[rest.upperBound - 1] == 0x22 else {
            return rest
        }
        return (rest.lowerBound + 1)..<(rest.upperBound - 1)
    }

    private static func result(_ line: Span<UInt8>, _ word: Range<Int>) -> OpenSMTPDEvent.Result {
        let at = word.lowerBound
        if line.has("Ok", at: at) { return .done }
        if line.has("PermFail", at: at) { return .permanent }
        return line.has("Expire", at: at) ? .expired : .temporary
    }

    /// The address in `smtp://192.0.2.11:25` or `smtp+tls://[2001:db8::1]:25`.
    private static func host(_ line: Span<UInt8>, _ url: Range<Int>) -> Range<Int> {
        var begin = url.lowerBound
        if let scheme = line.index(of: "://", from: begin), scheme < url.upperBound { begin = scheme + 3 }
        if line.has("[", at: begin), let close = line.index(of: 0x5D, from: begin), close < url.upperBound {
            return (begin + 1)..<close
        }
        var end = begin
        while end < url.upperBound, line[end] != 0x3A { end += 1 }
        return begin..<end
    }

    // MARK: Before 6.0

    private static func oldReceiving(_ line: Span<UInt8>, _ at: Int, _ end: Int) -> OpenSMTPDEvent {
        if line.has("New session", at: at) {
            let address = line.index(of: 0x5B, from: end).flatMap { open in
                line.index(of: 0x5D, from: open).map { (open + 1)..<$0 }
            }
            return .connected(address: address ?? 0..<0, name: line.field("from host ", from: end) ?? 0..<0)
        }
        if line.has("Accepted message ", at: at), isHexadecimal(line, at + 17, 8) {
            return .message(
                id: (at + 17)..<(at + 25), sender: address(line, " from=", end), recipient: address(line, " to=", end))
        }
        if line.has("Failed command", at: at), let arrow = line.index(of: " => ", from: end) {
            return .failedCommand(command: end..<arrow, reply: line.rest(from: arrow + 4))
        }
        if line.has("Started TLS", at: at) { return .tls }
        if line.has("Closing", at: at) { return .disconnected(reason: 0..<0) }
        if line.has("Received disconnect", at: at) || line.has("Disconnecting", at: at) {
            return .disconnected(reason: line.rest(from: at))
        }
        return .sessionNote
    }

    /// `relay: Ok for 4296f490d3a1b2c4: session=…, from=<…>, to=<…>, …, stat=250 …`
    private static func oldDelivery(_ line: Span<UInt8>, _ at: Int) -> OpenSMTPDEvent? {
        let begin = line.has("relay: ", at: at) ? at + 7 : line.has("delivery: ", at: at) ? at + 10 : -1
        guard begin > 0, let label = line.index(of: " for ", from: begin), isHexadecimal(line, label + 5, 16) else {
            return nil
        }
        return .delivery(
            id: (label + 5)..<(label + 21), recipient: address(line, " to=", label),
            relay: line.field(" relay=", from: label) ?? 0..<0, result(line, begin..<label),
            reply: statement(line, label))
    }
}
