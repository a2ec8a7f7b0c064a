/// How much a finding matters to somebody whose mail does not flow.
public enum Severity: Int, Comparable, Sendable, CaseIterable {
    /// As it should be.
    case fine
    /// Worth knowing.
    case note
    /// Could not be found out: never to be read as absence.
    case unknown
    /// A risk.
    case warning
    /// Mail is delayed.
    case delay
    /// Mail fails or is refused.
    case failure

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
