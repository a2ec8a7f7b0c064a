import Glibc
import NIOCore

/// Why the lab could not start: what was tried, and the system's reason.
public struct LabFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole sentence, in lower case, without a final dot.
    public var description: String

    /// For a fault that the system has no number for.
    public init(_ description: String) { self.description = description }

    /// Of a port that cannot be had.
    static func listening(_ what: String, _ port: Int, _ error: any Error) -> LabFailure {
        let place = port == 0 ? "any port" : "port \(port)"
        let reason = (error as? IOError).map { words(for: $0.errnoCode) } ?? "\(error)"
        return LabFailure("the lab's \(what) cannot listen on \(place): \(reason)")
    }

    /// With the words for `errno`, which must not have been touched since the fault.
    static func system(_ what: String) -> LabFailure {
        LabFailure("\(what): \(words(for: errno))")
    }

    private static func words(for number: CInt) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    }
}
