import MailVocabulary

/// Hides who and where: the local parts of addresses and all IP addresses, each behind a name of its own that stays the same on
/// the screen and in files. Domains and host names stay: without them nothing could be talked about.
///
///     RCPT TO:<x-3f2a17@example.test> from ip4-91c0de
public struct Mask: Hashable, Sendable {
    /// Makes the names differ from run to run, so that nobody can try addresses until a name fits.
    let salt: UInt64

    public init(salt: UInt64) { self.salt = salt }

    public func hide(_ text: String) -> String { String(decoding: hide(Array(text.utf8)), as: UTF8.self) }

    /// `bytes` with everything hidden that has to be.
    public func hide(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard Self.isWord(bytes[place]) else {
                result.append(bytes[place])
                place += 1
                continue
            }
            var end = place
            while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
            if end < bytes.count, bytes[end] == UInt8(ascii: "@"), end + 1 < bytes.count,
                Self.startsDomain(bytes[end + 1])
            {
                // `to=user` and `FROM:user` name the same as `user`.
                let divider = bytes[place..<end].lastIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
                let start = divider.map { $0 + 1 } ?? place
                result += bytes[place..<start] + (start < end ? name("x", bytes[start..<end]) : [])
            } else {
                result += hideAddresses(bytes[place..<end])
            }
            place = end
        }
        return result
    }

    /// IP addresses in a run of characters that an address of mail could have before its `@`, or a host name, or an address.
    private func hideAddresses(_ run: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var place = run.startIndex
        while place < run.endIndex {
            let isInside = place > run.startIndex && Self.isLetterOrDigit(run[place - 1])
            if !isInside, Self.isHex(run[place]) || run[place] == UInt8(ascii: ":"),
                let end = longestAddress(run, place)
            {
                result += hiddenAddress(run[place..<end])
                place = end
            } else {
                result.append(run[place])
                place += 1
            }
        }
        return result
    }

    /// Where the longest IP address that begins at `place` ends: also one written with hyphens, as providers name hosts, and one of
    /// `ip6.arpa`, nibble by nibble.
    private func longestAddress(_ run: ArraySlice<UInt8>, _ place: Int) -> Int? {
        var nibbles = place
        while nibbles + 1 < run.endIndex, Self.isHex(run[nibbles]), run[nibbles + 1] == UInt8(ascii: ".") {
            nibbles += 2
        }
        if nibbles - place >= 32 { return nibbles - 1 }
        var end = place
        while end < run.endIndex, Self.isHex(run[end]) || [0x2E, 0x3A, 0x2D].contains(run[end]) { end += 1 }
        // 45 characters are the longest form of IPv6.
        end = min(end, place + 45)
        while end - place >= 3 {
            let next = end < run.endIndex ? run[end] : UInt8(ascii: " ")
            if !Self.isHex(next), Self.address(run[place..<end]) != nil { return end }
            end -= 1
        }
        return nil
    }

    private static func address(_ text: ArraySlice<UInt8>) -> IPAddress? {
        guard text.contains(0x2D) else { return IPAddress(String(decoding: text, as: UTF8.self)) }
        guard !text.contains(0x2E), !text.contains(0x3A) else { return nil }
        return IPAddress(String(decoding: text.map { $0 == 0x2D ? 0x2E : $0 }, as: UTF8.self))
    }

    private func hiddenAddress(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard let address = Self.address(text) else { return name("ip6", text) }
        // Those of this machine tell nobody anything.
        if address.isLoopback || address.bytes.allSatisfy({ $0 == 0 }) { return Array(text) }
        return name(address.isV6 ? "ip6" : "ip4", address.bytes[...])
    }

    /// FNV-1a over the salt and the bytes, letters of either case alike: six hexadecimal digits of it. Among a thousand
    /// addresses two get the same name once in thirty-odd reports; with four digits they nearly always would.
    private func name(_ kind: String, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: salt >> UInt64(shift))) }
        for byte in bytes { mix((65...90).contains(byte) ? byte + 32 : byte) }
        let digits = String((hash >> 32 ^ hash) & 0xFF_FFFF | 0x100_0000, radix: 16).dropFirst()
        return Array("\(kind)-\(digits)".utf8)
    }

    /// atext of RFC 5322 §3.2.3, the dot, the colon of addresses, and everything outside ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        if byte >= 0x80 || isLetterOrDigit(byte) { return true }
        return Array("!#$%&'*+-/=?^_`{|}~.:".utf8).contains(byte)
    }

    private static func startsDomain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "[") || byte >= 0x80
    }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    private static func isHex(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
