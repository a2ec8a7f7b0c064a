/// A bounce: a delivery status notification, RFC 3464 and RFC 6533, or a message that tells of it in the words of its server.
public struct Bounce: Hashable, Sendable {
    /// The server that wrote it. Outside text, as all that follows.
    public var reporter: String?
    /// When that server got the message.
    public var arrived: String?
    /// The queue id there, where the server names it.
    public var queueID: String?
    /// ENVID of the transaction, RFC 3461 §4.4, as it was sent.
    public var envelopeID: String?
    /// Of the message that came back: with its `<` and `>`.
    public var messageID: String?
    public var subject: String?
    public var recipients: [BouncedRecipient]
    /// It has the fields of RFC 3464; otherwise its replies were found in its text.
    public var isStandard: Bool

    /// Reads a message as it lies in a file or a mailbox, or its delivery status alone.
    ///
    /// - Returns: `nil` where there is neither a delivery status nor a reply in it.
    public init?(reading bytes: [UInt8]) {
        var reader = BounceReader(bytes)
        guard let bounce = reader.read() else { return nil }
        self = bounce
    }

    init(status: [HeaderBlock], original: HeaderBlock?, text: [ArraySlice<UInt8>]) {
        let whole = status.first { $0["reporting-mta"] != nil }
        reporter = whole?.typed("reporting-mta")
        arrived = whole?["arrival-date"]
        queueID = whole?["x-postfix-queue-id"]
        envelopeID = whole?["original-envelope-id"]
        messageID = original?["message-id"]
        subject = original?["subject"]
        let told = status.compactMap(Self.recipient)
        isStandard = !told.isEmpty
        recipients = told.isEmpty ? BounceText.recipients(in: text) : told
    }

    /// How the message is found in a log: what names it most surely, first.
    public var traceWords: String? { queueID ?? messageID ?? recipients.lazy.compactMap(\.address).first }

    private static func recipient(_ fields: HeaderBlock) -> BouncedRecipient? {
        guard let address = fields.typed("final-recipient") else { return nil }
        let original = fields.typed("original-recipient")
        return BouncedRecipient(
            address: address, originalAddress: original == address ? nil : original,
            action: (fields["action"] ?? "failed").lowercased(),
            // Some servers put words behind it.
            status: fields["status"].map { String($0.prefix { $0 != " " }) }, remoteMTA: fields.typed("remote-mta"),
            diagnostic: fields.typed("diagnostic-code"), retryUntil: fields["will-retry-until"])
    }
}
