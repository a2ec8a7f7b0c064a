/// What clients say to log in, where a log repeats it: never to be shown.
///
///     failed-command command="AUTH PLAIN [redacted]" result="535 …"                    OpenSMTPD
///     Info: 6 Rcvd from '198.51.100.4': '[redacted]\015\012'                           Cisco ESA injection debug log
public enum LoggedSecret {
    private static let mark = Array("[redacted]".utf8)

    /// The line as it may be shown; the same bytes when nothing in it is secret.
    public static func masked(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for place in places(bytes).reversed() { bytes.replaceSubrange(place, with: mark) }
        return bytes
    }

    private static func places(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index + 6 < bytes.count {
            if isAUTH(bytes, index), let place = argument(bytes, index + 5) {
                found.append(place)
                index = place.upperBound
            } else {
                index += 1
            }
        }
        if found.isEmpty, let place = answer(bytes) { found.append(place) }
        return found
    }

    private static func isAUTH(_ bytes: [UInt8], _ index: Int) -> Bool {
        let word = bytes[index..<(index + 5)].map { TextStore.lower($0) }
        guard word == Array("auth ".utf8) else { return false }
        return index == 0 || !isBase64(bytes[index - 1])
    }

    /// The initial response behind `AUTH MECHANISM ` (RFC 4954 §4).
    private static func argument(_ bytes: [UInt8], _ start: Int) -> Range<Int>? {
        var begin = start
        while begin < bytes.count, bytes[begin] != 0x20, bytes[begin] != 0x22, bytes[begin] != 0x27 { begin += 1 }
        guard begin > start, begin < bytes.count, bytes[begin] == 0x20 else { return nil }
        begin += 1
        var end = begin
        while end < bytes.count, isBase64(bytes[end]) { end += 1 }
        return isSecret(bytes[begin..<end]) && end - begin > 3 ? begin..<end : nil
    }

    /// A whole line of a client that is nothing but base64, in a dialogue log.
    private static func answer(_ bytes: [UInt8]) -> Range<Int>? {
        let line = bytes.span
        guard let label = line.index(of: " Rcvd from '", from: 0) ?? line.index(of: " Sent: '", from: 0),
            let open = line.index(of: ": '", from: label + 1)
        else { return nil }
        var end = open + 3
        while end < bytes.count, isBase64(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == 0x27 || bytes[end] == 0x5C, (end - open - 3) % 4 == 0, end > open + 3
        else {
            return nil
        }
        let words: Set<String> = ["quit", "data", "rset", "noop", "help", "helo", "ehlo", "starttls"]
        let said = bytes[(open + 3)..<end]
        if words.contains(String(decoding: said.map { TextStore.lower($0) }, as: UTF8.self)) { return nil }
        return isSecret(said) ? (open + 3)..<end : nil
    }

    /// Mechanisms and words are capital letters or small ones; an encoded secret is nearly always more.
    private static func isSecret(_ word: ArraySlice<UInt8>) -> Bool {
        let digits = word.contains { (0x30...0x39).contains($0) || $0 == 0x3D || $0 == 0x2B || $0 == 0x2F }
        let small = word.contains { (0x61...0x7A).contains($0) }
        let capital = word.contains { (0x41...0x5A).contains($0) }
        return small && (capital || digits) || capital && digits
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D: true
        default: false
        }
    }
}
