import MailVocabulary

/// TXT records as SPF and DMARC read them: the strings of each joined without a space, RFC 7208 §3.3.
enum TextRecords {
    static func joined(_ lookup: DNSLookup) -> [[UInt8]] {
        lookup.records.compactMap {
            guard case .text(let strings) = $0.data else { return nil }
            return Array(strings.joined())
        }
    }

    /// Printable, in quotes, cut after 500 bytes.
    static func shown(_ text: [UInt8]) -> String {
        PresentationText.quoted(text.prefix(500)) + (text.count > 500 ? " … (\(text.count) bytes)" : "")
    }

    /// Whether the text begins with the ASCII letters of `prefix`, without regard to case.
    static func begins(_ text: some Collection<UInt8>, with prefix: String) -> Bool {
        let fold = { (byte: UInt8) in (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        return text.count >= prefix.utf8.count && zip(text, prefix.utf8).allSatisfy { fold($0) == fold($1) }
    }

    /// Whether a text has `words` somewhere, without regard to case.
    static func holds(_ words: String) -> ([UInt8]) -> Bool {
        { text in text.indices.contains { begins(text[$0...], with: words) } }
    }

    static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> { text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x22 } }
}
