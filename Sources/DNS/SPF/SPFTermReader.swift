import MailVocabulary

/// Reads one term of an SPF record, RFC 7208 §12.
enum SPFTermReader {
    static func term(_ word: ArraySlice<UInt8>) throws(SPFWords) -> (SPFResult, SPFTerm.Content) {
        if let modifier = try modifier(word) { return (.neutral, modifier) }
        var rest = word
        let qualifier: SPFResult
        switch rest.first {
        case UInt8(ascii: "+"): qualifier = .pass
        case UInt8(ascii: "-"): qualifier = .fail
        case UInt8(ascii: "~"): qualifier = .softfail
        case UInt8(ascii: "?"): qualifier = .neutral
        case _: return (.pass, try mechanism(rest))
        }
        rest = rest.dropFirst()
        return (qualifier, try mechanism(rest))
    }

    /// A name, then `=` before any other sign.
    private static func modifier(_ word: ArraySlice<UInt8>) throws(SPFWords) -> SPFTerm.Content? {
        guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = word[..<equals]
        guard let first = name.first, isLetter(first),
            name.allSatisfy({ isLetter($0) || isDigit($0) || [0x2D, 0x2E, 0x5F].contains($0) })
        else { return nil }
        let value = word[(equals + 1)...]
        switch lower(name) {
        case "redirect": return .redirect(try SPFDomainSpec(value))
        case "exp": return .explanation(try SPFDomainSpec(value))
        case let other:
            if ["ip4", "ip6", "include", "a", "mx", "ptr", "exists", "all"].contains(other) {
                throw SPFWords("is a mechanism written as a modifier: \(other): takes a colon")
            }
            _ = try SPFDomainSpec(value, isDomain: false)
            return .unknownModifier(other)
        }
    }

    private static func mechanism(_ word: ArraySlice<UInt8>) throws(SPFWords) -> SPFTerm.Content {
        let name = word.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        let rest = word[name.endIndex...]
        let value = rest.first == UInt8(ascii: ":") ? rest.dropFirst() : nil
        switch lower(name) {
        case "all":
            guard rest.isEmpty else { throw SPFWords("is an all with something behind it") }
            return .all
        case "include": return .include(try SPFDomainSpec(try needed(value)))
        case "exists": return .exists(try SPFDomainSpec(try needed(value)))
        case "ptr":
            guard value != nil || rest.isEmpty else { throw SPFWords("has a prefix length, which ptr does not take") }
            if let value { return .ptr(try SPFDomainSpec(value)) }
            return .ptr(nil)
        case "a":
            let (domain, prefixes) = try target(rest)
            return .a(domain, prefixes)
        case "mx":
            let (domain, prefixes) = try target(rest)
            return .mx(domain, prefixes)
        case "ip4": return try network(try needed(value), isV6: false)
        case "ip6": return try network(try needed(value), isV6: true)
        case let other:
            if IPAddress(other) != nil || other == "ipv4" || other == "ipv6" || other == "ip" {
                throw SPFWords("is no mechanism: a network is written ip4:… or ip6:…")
            }
            throw SPFWords("is no mechanism that RFC 7208 knows")
        }
    }

    private static func needed(_ value: ArraySlice<UInt8>?) throws(SPFWords) -> ArraySlice<UInt8> {
        guard let value, !value.isEmpty else { throw SPFWords("names nothing: a value behind a colon was expected") }
        return value
    }

    /// `[":" domain-spec] [dual-cidr-length]`. A slash may stand in a macro, so the lengths are looked for at the end.
    private static func target(_ rest: ArraySlice<UInt8>) throws(SPFWords) -> (SPFDomainSpec?, SPFPrefixes) {
        var (domain, prefixes) = (rest, SPFPrefixes())
        if let (before, length) = trailing(domain, slashes: 2) {
            prefixes.v6 = try checked(length, 128)
            domain = before
        }
        if let (before, length) = trailing(domain, slashes: 1) {
            prefixes.v4 = try checked(length, 32)
            domain = before
        }
        if domain.isEmpty { return (nil, prefixes) }
        guard domain.first == UInt8(ascii: ":") else { throw SPFWords("has a prefix length that cannot be read") }
        return (try SPFDomainSpec(domain.dropFirst()), prefixes)
    }

    /// The digits behind exactly so many slashes at the end.
    private static func trailing(
        _ text: ArraySlice<UInt8>, slashes: Int
    ) -> (before: ArraySlice<UInt8>, digits: ArraySlice<UInt8>)? {
        let digits = text.suffix(while: isDigit)
        let before = text[..<digits.startIndex]
        guard !digits.isEmpty, before.suffix(while: { $0 == UInt8(ascii: "/") }).count == slashes else { return nil }
        return (before.dropLast(slashes), digits)
    }

    private static func checked(_ digits: ArraySlice<UInt8>, _ limit: Int) throws(SPFWords) -> Int {
        let text = String(decoding: digits, as: UTF8.self)
        guard let length = Int(text), length <= limit, text == "0" || !text.hasPrefix("0") else {
            throw SPFWords("has a prefix length that is no number from 0 to \(limit)")
        }
        return length
    }

    private static func network(_ value: ArraySlice<UInt8>, isV6: Bool) throws(SPFWords) -> SPFTerm.Content {
        let text = value.prefix { $0 != UInt8(ascii: "/") }
        guard let address = IPAddress(String(decoding: text, as: UTF8.self)), address.isV6 == isV6 else {
            throw SPFWords("names no IPv\(isV6 ? 6 : 4) address")
        }
        let limit = isV6 ? 128 : 32
        let rest = value[text.endIndex...]
        guard !rest.isEmpty else { return .network(address, prefix: limit) }
        return .network(address, prefix: try checked(rest.dropFirst(), limit))
    }

    private static func lower(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension ArraySlice<UInt8> {
    fileprivate func suffix(while holds: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = lastIndex { !holds($0) }.map { $0 + 1 } ?? startIndex
        return self[start...]
    }
}
