import DNS
import MailVocabulary

/// Reads zones from text, one line each for a zone and for a record:
/// ```
/// zone broken.test servfail
/// broken.test      MX  10 mx1.example.test
/// hostile.test     TXT "v=spf1 \027[2J -all" "a second string"
/// zone signed.test
/// signed 48
/// ttl 30
/// ```
/// A record belongs to the zone above it; `;` begins a comment. Conducts: answer, late MILLISECONDS, silent, refused, servfail,
/// lame, malformed, notimp, noedns, notcp, strays, trailing. `signed` says how the zone above is signed: HOURS until the signatures end, or expired, future, other-key,
/// missing, changed-mx, changed-addresses, island. `ttl` holds for the records below it, until the next zone. Types: A, AAAA, MX, CNAME, NS, PTR, SPF, TLSA, TXT.
struct ZoneText {
    /// A line that cannot be read.
    struct Fault: Error, Equatable, CustomStringConvertible {
        /// From 1.
        var line: Int
        var text: String

        var description: String { "line \(line) of the zones cannot be read: \(text)" }
    }

    /// The TTL of every record, in seconds.
    static let ttl: UInt32 = 3600

    static func zones(_ text: String) throws(Fault) -> [LabZone] {
        var zones: [LabZone] = []
        var ttl = Self.ttl
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let fault = Fault(line: index + 1, text: String(line))
            let words = line.split(separator: " ", maxSplits: 2).map { $0.drop { $0 == " " } }
            guard let first = words.first, !first.hasPrefix(";") else { continue }
            if first == "zone" {
                guard words.count > 1, let origin = DNSName(words[1]),
                    let conduct = conduct(words.count > 2 ? words[2] : "answer")
                else { throw fault }
                zones.append(LabZone(origin, conduct))
                ttl = Self.ttl
            } else if first == "signed" {
                guard words.count == 2, !zones.isEmpty, let signing = signing(words[1]) else { throw fault }
                zones[zones.count - 1].signing = signing
            } else if first == "ttl" {
                guard words.count == 2, let seconds = UInt32(words[1]) else { throw fault }
                ttl = seconds
            } else {
                guard words.count == 3, let owner = DNSName(first), !zones.isEmpty, let type = type(words[1]),
                    let data = data(type, words[2])
                else { throw fault }
                zones[zones.count - 1].records.append(ResourceRecord(owner, type, ttl: ttl, data))
            }
        }
        return zones
    }

    private static func conduct(_ text: Substring) -> LabZone.Conduct? {
        let words = text.split(separator: " ")
        switch words.first {
        case "answer": return .answer
        case "silent": return .silent
        case "refused": return .refused
        case "servfail": return .serverFailure
        case "lame": return .lame
        case "malformed": return .malformed
        case "notimp": return .notImplemented
        case "noedns": return .withoutEDNS
        case "notcp": return .withoutTCP
        case "strays": return .strays
        case "trailing": return .trailing
        case "late": return words.count == 2 ? Int(words[1]).map { .answerLate(.milliseconds($0)) } : nil
        case _: return nil
        }
    }

    private static func signing(_ text: Substring) -> ZoneSigning? {
        switch text {
        case "expired": .expired
        case "future": .future
        case "other-key": .otherKey
        case "missing": .missing
        case "changed-mx": .changedMX
        case "changed-addresses": .changedAddresses
        case "island": .island
        case _: Int(text).map { .valid(hours: $0) }
        }
    }

    private static func type(_ text: Substring) -> RecordType? {
        [RecordType.a, .aaaa, .mx, .cname, .ns, .ptr, .tlsa, .txt, .spf].first { $0.description == text }
    }

    private static func data(_ type: RecordType, _ text: Substring) -> RecordData? {
        let text = text.drop { $0 == " " }
        switch type {
        case .a, .aaaa:
            guard let address = IPAddress(text), address.isV6 == (type == .aaaa) else { return nil }
            return .address(address)
        case .mx:
            let words = text.split(separator: " ")
            guard words.count == 2, let preference = UInt16(words[0]), let exchange = DNSName(words[1]) else {
                return nil
            }
            return .exchange(MailExchanger(preference, exchange))
        case .tlsa:
            return association(text)
        case .txt, .spf:
            return strings(text.utf8).map { .text($0) }
        default:
            return DNSName(text).map { .name($0) }
        }
    }

    /// `3 1 1 HEX`, RFC 6698 §2.2.
    private static func association(_ text: Substring) -> RecordData? {
        let words = text.split(separator: " ")
        let numbers = words.prefix(3).compactMap { UInt8($0) }
        guard words.count == 4, numbers.count == 3, words[3].utf8.count % 2 == 0 else { return nil }
        let digits = words[3].compactMap(\.hexDigitValue).map { UInt8($0) }
        guard digits.count == words[3].utf8.count else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        return .other(numbers + bytes)
    }

    /// Character-strings in quotes with `\DDD` and `\x` escapes, RFC 1035 §5.1.
    private static func strings(_ text: Substring.UTF8View) -> [[UInt8]]? {
        var (strings, current): ([[UInt8]], [UInt8]?) = ([], nil)
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            switch (byte, current) {
            case (UInt8(ascii: "\""), nil):
                current = []
            case (UInt8(ascii: "\""), let string?):
                guard string.count <= 255 else { return nil }
                strings.append(string)
                current = nil
            case (UInt8(ascii: "\\"), _?):
                let digits = rest.prefix(3).prefix { (0x30...0x39).contains($0) }
                if digits.count == 3 {
                    guard let value = UInt8(String(decoding: digits, as: UTF8.self)) else { return nil }
                    current?.append(value)
                    rest = rest.dropFirst(3)
                } else {
                    guard let literal = rest.popFirst() else { return nil }
                    current?.append(literal)
                }
            case (_, _?):
                current?.append(byte)
            case (UInt8(ascii: " "), nil):
                continue
            case (_, nil):
                return nil
            }
        }
        return current == nil && !strings.isEmpty ? strings : nil
    }
}
