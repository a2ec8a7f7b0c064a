import DNS
import MailVocabulary

/// What became of a host name.
public struct HostAddresses: Hashable, Sendable {
    /// A before AAAA, in the order sent.
    public var addresses: [IPAddress]
    /// Why there is none, or why one kind of them could not be found out; `nil` if all is well.
    public var problem: String?
    /// What was asked; empty for an address literal and for a name of the hosts file.
    public var answers: [DNSAnswer]

    /// Addresses, with what was asked for them.
    public init(_ addresses: [IPAddress], problem: String? = nil, answers: [DNSAnswer] = []) {
        (self.addresses, self.problem, self.answers) = (addresses, problem, answers)
    }
}
