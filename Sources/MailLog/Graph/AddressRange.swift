import MailVocabulary

/// A network in CIDR notation, `192.0.2.0/24` (RFC 4632 §3.1).
struct AddressRange {
    private let base: PackedAddress
    private let length: Int

    /// Nothing when the text is not of that form.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
            (0...(address.isV6 ? 128 : 32)).contains(length)
        else { return nil }
        (base, self.length) = (PackedAddress(address), length)
    }

    func contains(_ address: PackedAddress) -> Bool {
        guard address.size == base.size, address.size > 0 else { return false }
        if address.size == 4 { return (address.low ^ base.low) >> UInt64(32 - length) == 0 }
        let high = length >= 64 ? 0 : 64 - UInt64(length)
        if (address.high ^ base.high) >> high != 0 { return false }
        return length <= 64 || (address.low ^ base.low) >> UInt64(128 - length) == 0
    }
}
