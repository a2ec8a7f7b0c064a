import MailVocabulary

/// Why a server answers as it does, as it says so itself, RFC 8914 §2.
public struct ExtendedError: Hashable, Sendable, CustomStringConvertible {
    /// INFO-CODE.
    public var code: UInt16
    /// EXTRA-TEXT, printable; outside text.
    public var text: String

    /// `nil` for an option that is another one, or too short.
    init?(_ option: EDNSOption) {
        guard option.code == EDNSOption.extendedError, option.data.count >= 2 else { return nil }
        code = option.data.prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        text = PresentationText.escaped(option.data.dropFirst(2).prefix(200), also: 0x5C, keepingSpaces: true)
    }

    /// The name of the code, and the text if there is one.
    public var description: String { text.isEmpty ? name : "\(name) (\(text))" }

    /// The same as words of ours; the server's own text stays as it is.
    public var phrase: Phrase { text.isEmpty ? Phrase(said: name) : "\(Phrase(said: name)) (\(text))" }

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
