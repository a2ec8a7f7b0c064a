/// Why a target could not be understood. One sentence for the operator.
public struct TargetFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
