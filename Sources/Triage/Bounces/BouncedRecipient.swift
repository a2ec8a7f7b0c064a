/// What became of one recipient, as a bounce tells it. All of it outside text.
public struct BouncedRecipient: Hashable, Sendable {
    /// Whom it was delivered to or not, RFC 3464 §2.3.2; `nil` where a bounce without fields names nobody.
    public var address: String?
    /// As the sender wrote it, where that is another, RFC 3464 §2.3.1.
    public var originalAddress: String?
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`, RFC 3464 §2.3.3.
    public var action: String
    /// `5.1.1`, RFC 3464 §2.3.4.
    public var status: String?
    /// The server that said so, RFC 3464 §2.3.5.
    public var remoteMTA: String?
    /// The reply or the words of the mail system, RFC 3464 §2.3.6.
    public var diagnostic: String?
    /// Until when it is tried again, RFC 3464 §2.3.9.
    public var retryUntil: String?

    /// Nothing went wrong, or nothing yet is final.
    public var isDelivered: Bool { ["delivered", "relayed", "expanded"].contains(action) }

    /// What the catalogue is asked about: the reply as it is, other words behind the status; empty where a bounce says neither.
    public var reply: String {
        guard let diagnostic else { return status ?? "" }
        let startsWithCode = diagnostic.first.map { ("2"..."5").contains($0) } == true
        return startsWithCode ? diagnostic : [status, diagnostic].compactMap(\.self).joined(separator: " ")
    }
}
