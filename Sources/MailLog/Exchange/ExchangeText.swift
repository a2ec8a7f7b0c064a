/// Small readings of Exchange's words.
enum ExchangeText {
    /// Where the fields after the time begin, and that time: the line's own stamp, also behind a syslog frame.
    static func start(_ line: Span<UInt8>, _ frame: LineFrame) -> (time: Timestamp, fields: Int)? {
        if frame.text > 0, line.has(",", at: frame.text - 1) { return (frame.time, frame.text) }
        guard let (time, end) = line.isoTime(at: frame.text), line.has(",", at: end) else { return nil }
        return (time, end + 1)
    }

    /// A session: 16 hexadecimal digits, `08DC6F0000000001`.
    static func isSession(_ line: Span<UInt8>, _ field: Range<Int>) -> Bool {
        guard field.count == 16 else { return false }
        for index in field {
            switch line[index] {
            case 0x30...0x39, 0x41...0x46, 0x61...0x66: continue
            default: return false
            }
        }
        return true
    }

    /// The session at the start of `08DC6F0000000001;2026-02-02T23:43:11.001Z;1`; empty when there is none.
    static func session(_ line: Span<UInt8>, leading field: Range<Int>) -> Range<Int> {
        let head = field.lowerBound..<min(field.lowerBound + 16, field.upperBound)
        guard isSession(line, head), head.upperBound == field.upperBound || line.has(";", at: head.upperBound) else {
            return 0..<0
        }
        return head
    }

    /// A session id as a number.
    static func number(_ line: Span<UInt8>, _ digits: Range<Int>) -> UInt64 {
        var value: UInt64 = 0
        for index in digits {
            let digit = line[index] & 0xDF
            value = value << 4 | UInt64(digit >= 0x41 ? digit - 0x37 : line[index] & 0xF)
        }
        return value
    }

    /// The address in `10.2.3.4:51022` or `[2001:db8::1]:25`.
    static func address(_ line: Span<UInt8>, _ endpoint: Range<Int>) -> Range<Int> {
        guard let colon = lastColon(line, endpoint) else { return endpoint }
        let host = endpoint.lowerBound..<colon
        guard host.count > 2, line.has("[", at: host.lowerBound), line.has("]", at: host.upperBound - 1) else {
            return host
        }
        // A link-local address has its interface behind a per cent sign.
        var end = host.lowerBound + 1
        while end < host.upperBound - 1, line[end] != 0x25 { end += 1 }
        return (host.lowerBound + 1)..<end
    }

    static func port(_ line: Span<UInt8>, _ endpoint: Range<Int>) -> UInt64? {
        guard let colon = lastColon(line, endpoint), let port = line.number(at: colon + 1),
            port.end == endpoint.upperBound
        else { return nil }
        return port.value
    }

    private static func lastColon(_ line: Span<UInt8>, _ field: Range<Int>) -> Int? {
        field.last { line[$0] == 0x3A }
    }

    /// `70912345566403` of `[InternalId=70912345566403, Hostname=…]`; empty when it has none.
    static func internalID(_ line: Span<UInt8>, _ data: Range<Int>) -> Range<Int> {
        guard let label = line.index(of: "[InternalId=", from: data.lowerBound), label < data.upperBound,
            let number = line.number(at: label + 12)
        else { return 0..<0 }
        return (label + 12)..<number.end
    }

    /// The parts of a list between semicolons.
    static func parts(_ line: Span<UInt8>, _ list: Range<Int>) -> [Range<Int>] {
        var (parts, begin) = ([Range<Int>](), list.lowerBound)
        for index in list where line[index] == 0x3B && parts.count < 10_000 {
            parts.append(begin..<index)
            begin = index + 1
        }
        return list.isEmpty ? [] : parts + [begin..<list.upperBound]
    }

    /// `421 4.4.2 Connection dropped` out of `[{LRT=…};{LED=421 4.4.2 Connection dropped};{FQDN=…}]`: the last error.
    static func lastError(_ line: Span<UInt8>, _ status: Range<Int>) -> Range<Int> {
        guard let label = line.index(of: "{LED=", from: status.lowerBound), label < status.upperBound,
            let end = line.index(of: 0x7D, from: label), end <= status.upperBound
        else { return status }
        return (label + 5)..<end
    }

    /// A GUID, `1e6eb197-c6b4-1234-1b69-56dc1db88f50`.
    static func isGUID(_ line: Span<UInt8>, _ field: Range<Int>) -> Bool {
        field.count == 36
            && [8, 13, 18, 23].allSatisfy { line.has("-", at: field.lowerBound + $0) }
    }
}
