import DNS
import MailVocabulary
import SMTP

/// The name with which a server greets, RFC 5321 §4.2, beside the name that its address has in the DNS, RFC 1912 §2.1: whoever
/// gets mail from this host compares the same two.
public enum GreetingName {
    /// They are the same.
    public static let same = FindingKind("session.greeting.name-is-ptr", .fine, .rfc(1912, "2.1"))
    /// They differ, which is allowed.
    public static let other = FindingKind("session.greeting.name-not-ptr", .note, .rfc(1912, "2.1"))

    /// The first word behind `220`, if it is a name of more than one label.
    static func name(in greeting: Reply) -> DNSName? {
        guard greeting.isPositive, let word = greeting.texts.first?.split(separator: " ").first,
            let name = DNSName(word), name.labels.count > 1, IPAddress(word) == nil
        else { return nil }
        return name
    }

    /// What both say together; `nil` where the greeting names nobody, or the address has no name.
    ///
    /// - Parameter pointer: The answer about the PTR of the address.
    public static func finding(_ greeting: Reply, of address: IPAddress, _ pointer: DNSAnswer?) -> Finding? {
        let names = (pointer?.records ?? []).compactMap { record -> DNSName? in
            guard case .name(let name) = record.data else { return nil }
            return name
        }
        guard let name = name(in: greeting), !names.isEmpty else { return nil }
        if names.contains(name) {
            let message: Phrase = "\(address) greets as \(name), which is its PTR name"
            return Finding(same, about: address.description, message)
        }
        let list = names.prefix(4).map(\.description).joined(separator: ", ")
        let message: Phrase =
            "\(address) greets as \(name), and its PTR name is \(list): that is allowed; where this host sends mail, some "
            + "receivers score it"
        return Finding(other, about: address.description, message)
    }
}
