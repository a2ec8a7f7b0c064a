import DNS

/// The keys in which trust begins, RFC 4033 §2.
public enum TrustAnchors: Hashable, Sendable {
    /// Both keys of the root: the one of 2017 (tag 20326) and the one of 2024 (tag 38696), as IANA publishes them.
    case root
    /// DS or DNSKEY records of a file in zone format, for a private internet.
    case file(String)
    /// One DS or DNSKEY record in zone format, for a private internet.
    case record(String)

    static let rootKeys = [
        ". DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
        ". DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
    ]

    /// The zone of the first key: whoever gets its signatures through a resolver can judge there.
    ///
    /// - Throws: `Fault` for a file that cannot be read, or holds no DS and no DNSKEY record.
    public func zone() throws(Fault) -> DNSName {
        let path: String
        switch self {
        case .root:
            return .root
        case .record(let record):
            guard let name = Self.owner(record) else {
                throw Fault(description: "\"\(record)\" is no DS and no DNSKEY record")
            }
            return name
        case .file(let place):
            path = place
        }
        let text: String
        do throws(SystemFileFault) {
            text = try SystemFile.text(path)
        } catch {
            throw Fault(description: error.description)
        }
        if let name = text.split(whereSeparator: \.isNewline).lazy.compactMap(Self.owner).first { return name }
        throw Fault(description: "\(path) holds no DS and no DNSKEY record")
    }

    /// Whose key a line of a zone file names.
    private static func owner(_ line: some StringProtocol) -> DNSName? {
        let words = line.prefix { $0 != ";" }.split(whereSeparator: { $0.isWhitespace })
        guard let first = words.first, words.contains("DS") || words.contains("DNSKEY") else { return nil }
        return DNSName(first)
    }

    /// Why a file is of no use.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// One lower-case sentence.
        public var description: String
    }
}
