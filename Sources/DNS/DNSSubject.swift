import MailVocabulary

/// What a check is about.
public enum DNSSubject: Hashable, Sendable {
    /// A mail domain: its MX, their addresses, SPF and DMARC.
    case domain(DNSName)
    /// An address: its PTR and the forward confirmation. `role` says whose: the target's, or our own source address.
    case address(IPAddress, role: AddressRole)
    /// A sender at an address: whether SPF lets it.
    case sender(SPFSender)
    /// A domain that signs its mail: its DKIM keys under these names.
    case signer(DNSName, selectors: [DKIMSelector])
    /// An address, and the block lists (zones, as `zen.example.test`) that are to be asked about it.
    case listing(IPAddress, on: [DNSName])

    /// Whose address it is.
    public enum AddressRole: String, Hashable, Sendable {
        /// The server that we talk to.
        case target
        /// The address from which we connect, which the server looks up.
        case source
    }
}
