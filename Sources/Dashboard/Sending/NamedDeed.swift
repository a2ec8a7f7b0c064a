/// What is done only when the operator has typed the host's name.
public enum NamedDeed: Hashable, Sendable {
    /// A message goes out that may end early: a smuggling probe, or a raw file with a dot between odd line ends.
    case message
    /// A burst leaves loopback and the private ranges.
    case burst
}
