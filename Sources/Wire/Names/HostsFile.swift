import DNS
import MailVocabulary

/// The names that the system knows without asking, hosts(5).
public struct HostsFile: Sendable {
    private var addresses: [String: [IPAddress]] = [:]

    /// Reads lines of an address and its names; lines that are none are passed over.
    public init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard let first = words.first, let address = IPAddress(first) else { continue }
            for name in words.dropFirst() { addresses[Self.key(name), default: []].append(address) }
        }
    }

    /// The system's file; empty if there is none.
    public static func system(path: String = "/etc/hosts") -> HostsFile {
        HostsFile((try? SystemFile.text(path)) ?? "")
    }

    /// The addresses of a name, in the order of the file. `localhost` is always the loopback, RFC 6761 §6.3.
    public func addresses(of name: String) -> [IPAddress] {
        let key = Self.key(name)
        if let found = addresses[key] { return found }
        return key == "localhost" || key.hasSuffix(".localhost") ? [.loopback] : []
    }

    private static func key(_ name: some StringProtocol) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
