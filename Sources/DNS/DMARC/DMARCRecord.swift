/// A DMARC policy record read tag by tag, RFC 9989 §4.7.
public struct DMARCRecord: Hashable, Sendable {
    /// `name=value`, without the spaces around them.
    public struct Tag: Hashable, Sendable {
        /// In small, printable.
        public var name: String
        /// As written, printable.
        public var value: String
    }

    /// What a receiver is asked to do with mail that fails, §4.7: each one stronger than the one before.
    public enum Policy: String, Hashable, Sendable, Comparable {
        case none, quarantine, reject

        private var rank: Int {
            switch self {
            case .none: 0
            case .quarantine: 1
            case .reject: 2
            }
        }

        public static func < (left: Policy, right: Policy) -> Bool { left.rank < right.rank }
    }

    /// In the order written, the version included.
    public private(set) var tags: [Tag] = []
    /// Parts between semicolons that are no tag, printable.
    public private(set) var strays: [String] = []

    /// Reads a text that begins with `v=DMARC1`.
    public init(_ text: [UInt8]) {
        for part in text.split(separator: UInt8(ascii: ";")) {
            let bare = Self.trimmed(part)
            guard !bare.isEmpty else { continue }
            guard let equals = bare.firstIndex(of: UInt8(ascii: "=")) else {
                strays.append(Self.shown(bare))
                continue
            }
            tags.append(
                Tag(
                    name: Self.shown(Self.trimmed(bare[..<equals])).lowercased(),
                    value: Self.shown(Self.trimmed(bare[(equals + 1)...]))))
        }
    }

    /// `v=DMARC1`, spaces, then a semicolon or the end, §4.8.
    static func isRecord(_ text: [UInt8]) -> Bool {
        guard TextRecords.begins(text, with: "v=DMARC1") else { return false }
        let rest = text.dropFirst(8).drop { $0 == 0x20 || $0 == 0x09 }
        return rest.isEmpty || rest.first == UInt8(ascii: ";")
    }

    /// The value of a tag; of several the first.
    public subscript(name: String) -> String? { tags.first { $0.name == name }?.value }

    /// A policy tag (`p`, `sp`, `np`), if it is there and says one of the three words.
    public func policy(_ name: String) -> Policy? { self[name].flatMap { Policy(rawValue: $0.lowercased()) } }

    /// The domains of the addresses for reports in `rua` and `ruf`, and what is no such address.
    var reportAddresses: (domains: [DNSName], faults: [String]) {
        var (domains, faults): ([DNSName], [String]) = ([], [])
        for name in ["rua", "ruf"] {
            for address in (self[name] ?? "").split(separator: ",").map({ $0.drop { $0 == " " } }) {
                // A size may stand behind, `!10m`; it is no part of the address.
                let bare = address.prefix { $0 != "!" }
                guard bare.lowercased().hasPrefix("mailto:"), let at = bare.lastIndex(of: "@"),
                    let domain = DNSName(bare[bare.index(after: at)...].prefix { $0 != "?" && $0 != " " })
                else {
                    faults.append("\(name)=\(address)")
                    continue
                }
                if !domains.contains(domain) { domains.append(domain) }
            }
        }
        return (domains, faults)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = bytes.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { start[...$0] } ?? []
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        PresentationText.escaped(bytes.prefix(300), also: UInt8(ascii: "\\"), keepingSpaces: true)
    }
}
