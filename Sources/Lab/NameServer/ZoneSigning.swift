/// How a zone of the lab is signed, RFC 4035 §2, and what is wrong with it.
public enum ZoneSigning: Hashable, Sendable {
    /// Not at all; the zone above proves that, if it is signed itself.
    case none
    /// As it should be; the signatures end so many hours from now.
    case valid(hours: Int)
    /// The signatures have ended five days ago.
    case expired
    /// The signatures begin in five days.
    case future
    /// The zone above vouches for another key.
    case otherKey
    /// The zone above vouches for a key, and here is none, and no signature.
    case missing
    /// Records of MX were changed after they had been signed.
    case changedMX
    /// Records of A were changed after they had been signed.
    case changedAddresses
    /// Signed as it should be, and nobody above knows: there is no DS.
    case island

    /// A fortnight is usual.
    static let usual = ZoneSigning.valid(hours: 14 * 24)

    /// Whether answers come with signatures.
    var hasSignatures: Bool {
        switch self {
        case .none, .missing: false
        case .valid, .expired, .future, .otherKey, .changedMX, .changedAddresses, .island: true
        }
    }

    /// Whether the zone above vouches for a key.
    var hasDelegationSigner: Bool {
        switch self {
        case .none, .island: false
        case .valid, .expired, .future, .otherKey, .missing, .changedMX, .changedAddresses: true
        }
    }

    /// When signatures begin and end, in seconds from now.
    var span: ClosedRange<Int64> {
        let (hour, day): (Int64, Int64) = (3600, 86_400)
        return switch self {
        case .valid(let hours): -hour...Int64(hours) * hour
        case .expired: -30 * day ... -5 * day
        case .future: 5 * day...30 * day
        case .none, .otherKey, .missing, .changedMX, .changedAddresses, .island: -hour...14 * day
        }
    }
}
