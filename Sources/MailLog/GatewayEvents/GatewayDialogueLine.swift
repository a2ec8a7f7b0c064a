/// One line of a Cisco ESA's injection debug log or domain debug log: a piece of an SMTP dialogue, as it went over the wire.
///
///     6 Sent to '198.51.100.4': '220 mx.corp.test ESMTP\015\012'        injection: the number is an ICID
///     6 Rcvd from '198.51.100.4': 'HELO mx.sender.test\015\012'
///     102503993 Sent: 'MAIL FROM:<a@b>'                                  domain: the number is a DCID
///     102503993 Rcvd: '250 OK'
struct GatewayDialogueLine {
    var time: Timestamp
    var number: UInt64
    /// The client of an injection; empty in a domain debug log.
    var client = 0..<0
    /// True for what the gateway sent.
    var isSent: Bool
    /// What is between the quotes, line ends as `\015\012`.
    var said: Range<Int>
    /// Where the words for people begin.
    var text: Int
    /// True when the gateway is the server.
    var isInjection: Bool

    init?(_ line: Span<UInt8>, _ frame: LineFrame) {
        guard let (time, text) = GatewayFrame.words(line, frame), let number = line.number(at: text),
            line.has(" ", at: number.end)
        else { return nil }
        (self.time, self.text, self.number) = (time, text, number.value)
        var at = number.end + 1
        isSent = line.has("Sent", at: at)
        guard isSent || line.has("Rcvd", at: at) || line.has("Received", at: at) else { return nil }
        at += line.has("Received", at: at) ? 8 : 4
        let label = isSent ? " to '" : " from '"
        isInjection = line.has(label, at: at)
        if isInjection {
            let begin = at + label.utf8.count
            guard let end = line.index(of: 0x27, from: begin) else { return nil }
            (client, at) = (begin..<end, end + 1)
        }
        guard line.has(": ", at: at) else { return nil }
        let rest = line.rest(from: at + 2)
        guard rest.count >= 2, line[rest.lowerBound] == 0x27 || line[rest.lowerBound] == 0x22,
            line[rest.upperBound - 1] == line[rest.lowerBound]
        else { return nil }
        said = (rest.lowerBound + 1)..<(rest.upperBound - 1)
    }

    /// True when a server says it: the gateway to a client, or the next hop to the gateway.
    var isReply: Bool { isSent == isInjection }

    /// The words without their line ends, those inside told apart by a blank.
    func words(_ line: Span<UInt8>) -> String {
        var (words, index) = ([UInt8](), said.lowerBound)
        while index < said.upperBound {
            if line.has("\\015\\012", at: index) || line.has("\\r\\n", at: index) {
                words.append(0x20)
                index += line.has("\\015", at: index) ? 8 : 4
            } else {
                words.append(line[index])
                index += 1
            }
        }
        while words.last == 0x20 { words.removeLast() }
        return String(decoding: words, as: UTF8.self)
    }

    /// The lines that were said at once: a reply may have several, and a client may send several commands (RFC 2920).
    func pieces(_ line: Span<UInt8>) -> [Range<Int>] {
        var (pieces, begin, index) = ([Range<Int>](), said.lowerBound, said.lowerBound)
        while index < said.upperBound {
            let end = line.has("\\015\\012", at: index) ? 8 : line.has("\\r\\n", at: index) ? 4 : 0
            if end > 0 {
                if index > begin { pieces.append(begin..<index) }
                begin = index + end
            }
            index += max(1, end)
        }
        if begin < said.upperBound { pieces.append(begin..<said.upperBound) }
        return pieces
    }

    /// `214` of the reply `250 ok:  Message 214 accepted`, the number of the message that was taken.
    func acceptedMessage(_ line: Span<UInt8>) -> UInt64? {
        guard isInjection, isSent, let label = line.index(of: "Message ", from: said.lowerBound),
            label < said.upperBound, let mid = line.number(at: label + 8), line.has(" accepted", at: mid.end)
        else { return nil }
        return mid.value
    }

    /// The code of a reply; nothing for a command.
    func code(_ line: Span<UInt8>) -> UInt64? {
        guard isReply, let code = line.number(at: said.lowerBound), code.end == said.lowerBound + 3,
            (200..<600).contains(code.value)
        else { return nil }
        return code.value
    }

    /// What the line is for people: a command, a reply, a refusal.
    func word(_ line: Span<UInt8>) -> String {
        guard let code = code(line) else { return isReply ? "reply" : "command" }
        return code >= 400 ? "refused" : "reply"
    }
}
