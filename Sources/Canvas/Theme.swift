/// How each role looks at each colour depth.
public struct Theme: Hashable, Sendable {
    public var name: String

    public init(name: String) { self.name = name }
}
