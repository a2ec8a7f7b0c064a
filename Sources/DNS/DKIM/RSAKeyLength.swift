/// The length of an RSA key in DER, as a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) or bare (RFC 8017 §A.1.1).
enum RSAKeyLength {
    /// The bits of the modulus; `nil` for bytes that are no such key.
    static func bits(of bytes: [UInt8]) -> Int? {
        guard let outer = element(bytes[...], tag: 0x30) else { return nil }
        if let modulus = modulus(outer.content) { return modulus }
        guard let algorithm = element(outer.content, tag: 0x30), let string = element(algorithm.rest, tag: 0x03),
            string.content.first == 0, let key = element(string.content.dropFirst(), tag: 0x30)
        else { return nil }
        return modulus(key.content)
    }

    /// Two integers, the first of which is the modulus.
    private static func modulus(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let number = element(bytes, tag: 0x02), element(number.rest, tag: 0x02) != nil else { return nil }
        let digits = number.content.drop { $0 == 0 }
        guard let first = digits.first else { return nil }
        return digits.count * 8 - first.leadingZeroBitCount
    }

    private static func element(
        _ bytes: ArraySlice<UInt8>, tag: UInt8
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard bytes.first == tag, let first = bytes.dropFirst().first else { return nil }
        var (length, rest) = (Int(first), bytes.dropFirst(2))
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...3).contains(count), rest.count >= count else { return nil }
            length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(count)
        }
        guard rest.count >= length else { return nil }
        return (rest.prefix(length), rest.dropFirst(length))
    }
}
