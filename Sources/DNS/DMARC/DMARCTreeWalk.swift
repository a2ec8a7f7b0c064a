/// Where a DMARC record may stand above a domain, RFC 9989 §4.10.
enum DMARCTreeWalk {
    /// Names that are asked for one domain, its own included.
    static let limit = 8

    /// `_dmarc` of each domain above, the nearest first. Of a domain with eight labels or more the walk leaves out the middle and
    /// goes on with the last seven.
    static func placesAbove(_ domain: DNSName) -> [DNSName] {
        var labels = domain.labels
        if labels.count > limit { labels = Array(labels.suffix(limit)) }
        return (1..<max(labels.count, 1)).compactMap { DNSName(unchecked: Array(labels.dropFirst($0))).under("_dmarc") }
    }

    /// Which of the records above a domain speaks for it, RFC 9989 §4.10.2: the one that says `psd=n`, or the one below a `psd=y`,
    /// or else the one with the fewest labels.
    static func chosen(_ found: [(place: DNSName, text: [UInt8])]) -> (place: DNSName, text: [UInt8])? {
        for (index, record) in found.enumerated() {
            switch publicSuffixTag(record.text) {
            case UInt8(ascii: "n"):
                return record
            case UInt8(ascii: "y"):
                let isRightBelow = index > 0 && found[index - 1].place.labels.count == record.place.labels.count + 1
                return isRightBelow ? found[index - 1] : record
            case _:
                continue
            }
        }
        return found.last
    }

    /// The letter of `psd=…`, in small.
    private static func publicSuffixTag(_ text: [UInt8]) -> UInt8? {
        for tag in text.split(separator: UInt8(ascii: ";")) {
            let bare = tag.filter { $0 != 0x20 && $0 != 0x09 }
            if bare.count == 5, TextRecords.begins(bare, with: "psd=") { return bare.last.map { $0 | 0x20 } }
        }
        return nil
    }
}
