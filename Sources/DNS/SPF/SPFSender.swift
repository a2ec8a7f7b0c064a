import MailVocabulary

/// The arguments of check_host(), RFC 7208 §4.1: whose mail comes from where.
public struct SPFSender: Hashable, Sendable {
    /// The address from which the mail comes; an IPv4 address also where it was written as `::ffff:192.0.2.1` (§5).
    public var source: IPAddress
    /// The domain whose record decides: of the reverse-path, or the HELO name for a null one (§2.4).
    public var domain: DNSName
    /// `postmaster` where the sender has none, §4.3.
    public var localPart: String
    /// The name after HELO; the domain where it is not known.
    public var helloName: String
    /// Somebody said the name after HELO.
    public let isHelloNameKnown: Bool
    /// The address is that of our own socket: if it is a private one, receivers outside see another.
    public var isOwnSocket = false

    /// The sender `localPart@domain` at an address.
    public init(source: IPAddress, domain: DNSName, localPart: String = "postmaster", helloName: String? = nil) {
        (self.source, self.domain) = (source.unmapped, domain)
        self.localPart = localPart.isEmpty ? "postmaster" : localPart
        self.helloName = helloName ?? domain.description
        isHelloNameKnown = helloName != nil
    }

    /// The sender of an envelope that our own socket sends; for a null reverse-path the HELO name stands in. `nil` if neither makes a domain.
    public init?(source: IPAddress, reversePath: String, helloName: String) {
        if reversePath.isEmpty || reversePath == "<>" {
            guard let domain = DNSName(helloName), domain.labels.count > 1 else { return nil }
            self.init(source: source, domain: domain, helloName: helloName)
        } else {
            // Not `Mailbox`: a receiver evaluates SPF for any local part, also for none (§4.3).
            let bare =
                reversePath.hasPrefix("<") && reversePath.hasSuffix(">")
                ? reversePath.dropFirst().dropLast() : reversePath[...]
            guard let at = bare.lastIndex(of: "@"), let domain = DNSName(bare[bare.index(after: at)...]),
                domain != .root
            else { return nil }
            self.init(source: source, domain: domain, localPart: String(bare[..<at]), helloName: helloName)
        }
        isOwnSocket = true
    }

    /// The values of the macros that are known from the start, by letter; `current` is the domain whose record is read (§7.2).
    func macros(current: DNSName) -> [UInt8: [UInt8]] {
        let digits = source.bytes.flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined(separator: ".")
        let (own, helo) = (Self.text(domain), Array(helloName.utf8))
        return [
            UInt8(ascii: "s"): Array("\(localPart)@".utf8) + own, UInt8(ascii: "l"): Array(localPart.utf8),
            UInt8(ascii: "o"): own, UInt8(ascii: "d"): Self.text(current),
            UInt8(ascii: "i"): Array((source.isV6 ? digits : source.description).utf8),
            UInt8(ascii: "v"): Array((source.isV6 ? "ip6" : "in-addr").utf8), UInt8(ascii: "h"): helo,
        ]
    }

    /// Labels with dots between, not escaped.
    static func text(_ name: DNSName) -> [UInt8] { Array(name.labels.joined(separator: [UInt8(ascii: ".")])) }
}

extension IPAddress {
    /// The IPv4 address inside an IPv4-mapped IPv6 address, RFC 4291 §2.5.5.2; any other as it is.
    fileprivate var unmapped: IPAddress {
        guard isV6, bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) else { return self }
        return IPAddress(bytes: Array(bytes.suffix(4))) ?? self
    }
}
