import MailVocabulary

/// Where a record stands that is not found where it belongs: the slips of those who write zone files.
enum Misplacement {
    /// `_dmarc.example.com.example.com`, which a zone file makes of a full name without the dot at its end, RFC 1035 §5.1; `nil` if
    /// that would be longer than a name can be.
    static func doubled(_ name: DNSName, in domain: DNSName) -> DNSName? { name.under(domain) }

    /// The full name that was meant, if this one looks like one to which a zone file has put its domain: `mx.example.net` of
    /// `mx.example.net.example.com`. A single label before the domain is a name as it should be.
    static func meant(by name: DNSName, in domain: DNSName) -> DNSName? {
        let count = name.labels.count - domain.labels.count
        return count > 1 && name.isWithin(domain) ? DNSName(unchecked: Array(name.labels.prefix(count))) : nil
    }

    /// What to say of a record that was found at the name with the domain twice.
    static func explanation(of record: String, at place: DNSName) -> Phrase {
        "; a \(record) record stands at \(place): in its zone file the name lacks the dot at its end"
    }
}
