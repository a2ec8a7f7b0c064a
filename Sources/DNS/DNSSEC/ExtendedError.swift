/// Why a server answers as it does, as it says so itself, RFC 8914 §2.
public struct ExtendedError: Hashable, Sendable, CustomStringConvertible {
    /// INFO-CODE.
    public var code: UInt16
    /// EXTRA-TEXT, printable; outside text.
    public var text: String

    /// The option's number, RFC 8914 §2.
    static let option = 15

    /// Reads the options of an OPT record; those that are cut end it.
    static func all(inOptions bytes: ArraySlice<UInt8>) -> [ExtendedError] {
        var (rest, errors): (ArraySlice<UInt8>, [ExtendedError]) = (bytes, [])
        while rest.count >= 4 {
            let head = Array(rest.prefix(4))
            let (number, length) = (Int(head[0]) << 8 | Int(head[1]), Int(head[2]) << 8 | Int(head[3]))
            rest = rest.dropFirst(4)
            guard rest.count >= length else { break }
            let data = rest.prefix(length)
            rest = rest.dropFirst(length)
            guard number == option, length >= 2 else { continue }
            let code = data.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
            let text = PresentationText.escaped(data.dropFirst(2).prefix(200), also: 0x5C, keepingSpaces: true)
            errors.append(ExtendedError(code: code, text: text))
        }
        return errors
    }

    /// The name of the code, and the text if there is one.
    public var description: String { text.isEmpty ? name : "\(name) (\(text))" }

    private var name: String {
        switch code {
        case 0: "other error"
        case 3: "stale answer"
        case 4: "forged answer"
        case 5: "DNSSEC indeterminate"
        case 6: "DNSSEC bogus"
        case 7: "signature expired"
        case 8: "signature not yet valid"
        case 9: "DNSKEY missing"
        case 10: "RRSIGs missing"
        case 11: "no zone key"
        case 12: "NSEC missing"
        case 15: "blocked"
        case 16: "censored"
        case 17: "filtered"
        case 18: "prohibited"
        case 20: "not authoritative"
        case 22: "no reachable authority"
        case 23: "network error"
        default: "extended error \(code)"
        }
    }
}
