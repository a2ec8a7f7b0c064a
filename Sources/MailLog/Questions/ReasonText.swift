/// A reason without what differs each time, so that like ones can be counted together: addresses, quotes, numbers, times.
struct ReasonText {
    /// `550 5.1.1 <…>: User unknown`
    let text: String

    init(_ words: String) {
        var (out, index) = ([UInt8](), 0)
        let bytes = ReasonText.withoutCountry(words.utf8.prefix(400))
        while index < bytes.count, out.count < 160 {
            let byte = bytes[index]
            let closing: [UInt8: UInt8] = [0x3C: 0x3E, 0x5B: 0x5D, 0x22: 0x22]
            if let close = closing[byte], let end = bytes[(index + 1)...].firstIndex(of: close) {
                out += [byte] + Array("…".utf8) + [close]
                index = end + 1
            } else if ReasonText.isWord(byte) {
                var end = index
                while end < bytes.count, ReasonText.isWord(bytes[end]) { end += 1 }
                out += ReasonText.isOwn(bytes[index..<end]) ? Array("…".utf8) : Array(bytes[index..<end])
                index = end
            } else {
                out.append(byte)
                index += 1
            }
        }
        text = String(decoding: out, as: UTF8.self)
    }

    /// `SG BLACKLIST match sbrs[…] SBRS -9.5 country Japan`: behind the rule a Cisco ESA names what it knows of this client.
    private static func withoutCountry(_ words: Substring.UTF8View) -> [UInt8] {
        let bytes = Array(words)
        guard bytes.starts(with: "SG ".utf8), let place = bytes.span.index(of: " country ", from: 0) else {
            return bytes
        }
        return Array(bytes[..<place])
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x3D, 0x40, 0x5F: true
        default: byte >= 0x80
        }
    }

    /// True for an address, a long number or an identifier; a reply code (RFC 5321) and a status code (RFC 3463) stay.
    private static func isOwn(_ word: ArraySlice<UInt8>) -> Bool {
        if word.contains(0x40) { return true }
        let digits = word.count { (0x30...0x39).contains($0) }
        if digits == 0 { return false }
        let dots = word.count { $0 == 0x2E }
        if digits == word.count { return digits > 3 }
        // A score, `-9.1` or `5.6`; a status code has two dots.
        let isSigned = word.first == 0x2D || word.first == 0x2B
        if digits + dots + (isSigned ? 1 : 0) == word.count, isSigned || dots == 1 { return true }
        if digits + dots == word.count { return dots == 3 || digits > 5 }
        return digits > 3 || word.count > 12
    }
}
