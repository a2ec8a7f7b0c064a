import MailVocabulary

/// What a scan of a log looks for: which lines give the identifiers that the answer begins with.
public struct ScanQuestion: Sendable {
    enum Subject {
        /// A client's address, with its usual spelling when that is the only one that a log has.
        case address(PackedAddress, spelling: [UInt8]?)
        case network(AddressRange)
        /// Identifiers themselves.
        case owners([LineOwner])
        /// Every connection with its client's address: for an index that answers later.
        case everybody
        /// Lower-case bytes in the places of names, addresses and subjects.
        case words([UInt8])
    }

    let subject: Subject

    /// Asks for nobody yet.
    public static let everybody = ScanQuestion(.everybody)

    private init(_ subject: Subject) { self.subject = subject }

    /// Whether a scan of everybody knows the answer; words stand in the log only.
    public var isAboutIdentifiers: Bool {
        switch subject {
        case .address, .network, .owners: true
        case .words, .everybody: false
        }
    }

    /// - Returns: nothing for a needle of which too much or nothing could be found: the whole index is the better way then.
    public init?(_ needle: String) {
        let needle = TraceFinder.trimmed(needle)
        if let address = IPAddress(needle) {
            subject = .address(PackedAddress(address), spelling: address.isV6 ? nil : Array(address.description.utf8))
            return
        }
        if let network = AddressRange(needle) {
            subject = .network(network)
            return
        }
        let words = needle.split(separator: " ")
        if words.count == 2, let id = UInt64(words[1]), let kind = ScanQuestion.kind(words[0].uppercased()) {
            guard id > 0 else { return nil }
            subject = .owners([LineOwner(kind, id)])
            return
        }
        if let id = UInt64(needle), id > 0 {
            subject = .owners([LineOwner(.connection, id), LineOwner(.message, id), LineOwner(.delivery, id)])
            return
        }
        var bytes = needle.utf8.map { TextStore.lower($0) }
        if bytes.first == 0x3C, bytes.last == 0x3E { bytes = Array(bytes.dropFirst().dropLast()) }
        guard bytes.count >= 4 else { return nil }
        subject = .words(bytes)
    }

    /// Whether a log of this kind can be asked: numbers without a kind are a gateway's, a Postfix log is better read as a whole.
    public func isAbout(_ writer: IdentifierScan.Writer) -> Bool {
        switch (writer, subject) {
        case (.postfix, .owners): false
        case (.postfix, _), (.gateway, _): true
        }
    }

    private static func kind(_ word: String) -> LineOwner.Kind? {
        switch word {
        case "ICID": .connection
        case "MID": .message
        case "DCID": .delivery
        default: nil
        }
    }
}
