/// The result of check_host(), RFC 7208 §2.6.
public enum SPFResult: String, Hashable, Sendable {
    /// The domain says that the address may send.
    case pass
    /// The domain says that it may not.
    case fail
    /// Probably not.
    case softfail
    /// The domain says nothing about the address.
    case neutral
    /// There is no record.
    case none
    /// The DNS did not answer: the receiver tries again later.
    case temperror
    /// The records cannot be read, or cost too much.
    case permerror
}
