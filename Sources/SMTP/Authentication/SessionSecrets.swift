/// What a session has to prove itself with, beside its plan: in no plan, event or journal.
public struct SessionSecrets: Hashable, Sendable {
    /// Of the plan's AUTH.
    public var login: Secret?
    /// Of the user that the plan's proxy knows.
    public var proxy: Secret?

    public init(login: Secret? = nil, proxy: Secret? = nil) { (self.login, self.proxy) = (login, proxy) }
}
