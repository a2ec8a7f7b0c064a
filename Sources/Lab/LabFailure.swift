import Glibc

/// Why the lab could not start: what was tried, and the system's reason.
public struct LabFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole sentence, in lower case, without a final dot.
    public var description: String

    /// For a fault that the system has no number for.
    public init(_ description: String) { self.description = description }

    /// With the words for `errno`, which must not have been touched since the fault.
    static func system(_ what: String) -> LabFailure {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return LabFailure("\(what): \(reason)")
    }
}
