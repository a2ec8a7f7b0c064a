/// Why a log cannot be read: one sentence that says what happened and what to do.
public struct LogFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `cannot read mail_logs: permission denied (owner root, mode 640); run as a member of adm`
    public let sentence: String

    public init(_ sentence: String) { self.sentence = sentence }

    public var description: String { sentence }
}
