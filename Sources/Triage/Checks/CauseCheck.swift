import MailVocabulary

/// A check by which the program can confirm a cause or rule it out. The raw value is its name in the catalogue's entries.
public enum CauseCheck: String, Hashable, Sendable, CaseIterable {
    /// The PTR record of our address.
    case addressName = "dns.ptr"
    /// Whether that name leads back to the address.
    case addressConfirmed = "dns.fcrdns"
    /// The name after EHLO.
    case helloName = "dns.ehlo-name"
    /// The MX records of the recipient's domain.
    case exchangers = "dns.mx"
    /// A null MX of the recipient's domain, RFC 7505.
    case nullExchanger = "dns.nullmx"
    /// MX and address of the sender's domain.
    case senderExchangers = "dns.sender-mx"
    /// What SPF says of our address and the sender.
    case senderPolicy = "dns.spf"
    /// The signature of the message.
    case signature = "dns.dkim"
    /// The DMARC record of the sender's domain.
    case alignment = "dns.dmarc"
    /// The block list that the reply names.
    case blockList = "dns.bl"
    /// Whether STARTTLS is in the EHLO list.
    case offersTLS = "tls.offered"
    /// How the handshake went.
    case handshake = "tls.handshake"
    /// Whether AUTH is in the EHLO list.
    case offersAuthentication = "auth.offered"
    /// The message against the SIZE of the EHLO list, RFC 1870.
    case size = "size.limit"
    /// Whether a connection comes about.
    case connection = "tcp.connect"
    /// Whether another exchanger of the domain answers.
    case otherExchanger = "tcp.other-mx"
    /// How long the greeting took.
    case greetingTime = "clock.banner"

    /// A few words for the panel, at most 24 columns.
    public var label: Phrase {
        switch self {
        case .addressName: "PTR record"
        case .addressConfirmed: "PTR and back"
        case .helloName: "EHLO name"
        case .exchangers: "MX records"
        case .nullExchanger: "null MX"
        case .senderExchangers: "sender domain"
        case .senderPolicy: "SPF result"
        case .signature: "DKIM signature"
        case .alignment: "DMARC record"
        case .blockList: "the list named"
        case .offersTLS: "STARTTLS in EHLO"
        case .handshake: "TLS handshake"
        case .offersAuthentication: "AUTH in EHLO"
        case .size: "SIZE in EHLO"
        case .connection: "TCP connection"
        case .otherExchanger: "another MX"
        case .greetingTime: "greeting time"
        }
    }
}
