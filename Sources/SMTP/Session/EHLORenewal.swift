/// A list of service extensions that a later one has replaced, and why the client asked again.
public struct EHLORenewal: Hashable, Sendable {
    public enum Cause: String, Hashable, Sendable, CaseIterable {
        case tls = "under TLS"
        case authentication = "after AUTH"
        case xclient = "after XCLIENT"
        case again = "asked again"
    }

    public var cause: Cause
    /// The list as it was before.
    public var keywords: [EHLOKeyword]

    public init(cause: Cause, keywords: [EHLOKeyword]) { (self.cause, self.keywords) = (cause, keywords) }
}
