/// The name of a DKIM key of a domain, RFC 6376 §3.1.
public struct DKIMSelector: Hashable, Sendable {
    /// How we know of it, which decides what its absence means.
    public enum Origin: Hashable, Sendable {
        /// Somebody named it, or a message was signed with it.
        case known
        /// Many use it: perhaps this domain does.
        case guessed
    }

    /// One label or more, as `s1` or `20260101.eu`.
    public var name: DNSName
    /// How we know of it.
    public var origin: Origin

    /// A selector.
    public init(_ name: DNSName, _ origin: Origin) { (self.name, self.origin) = (name, origin) }

    /// Where its key stands; `nil` if that name would be too long.
    func place(in domain: DNSName) -> DNSName? {
        guard let base = domain.under("_domainkey") else { return nil }
        let place = DNSName(unchecked: name.labels + base.labels)
        return place.wireLength <= 255 ? place : nil
    }

    /// Selectors that mail providers and gateways give their customers, and those that everybody takes. No key under them proves
    /// nothing: a selector is seen only in a signature.
    public static let common: [DKIMSelector] = [
        "default", "dkim", "mail", "smtp", "mta", "key1", "key2", "s1", "s2", "k1", "k2", "k3", "m1", "selector1",
        "selector2", "google", "20230601", "sig1", "fm1", "fm2", "fm3", "protonmail", "protonmail2", "protonmail3",
        "pm",
        "zoho", "zmail", "mandrill", "mxvault", "cm", "ctct1", "ctct2", "everlytickey1", "turbo-smtp", "iport",
    ].compactMap { DNSName($0).map { DKIMSelector($0, .guessed) } }
}
