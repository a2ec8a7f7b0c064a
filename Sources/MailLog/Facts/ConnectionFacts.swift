/// What a log says of an incoming connection besides its messages: what the rules judge by.
public struct ConnectionFacts: Hashable, Sendable {
    /// Something that the log says as such, whatever became of the connection in the end.
    public enum Mark: String, Hashable, Sendable, CaseIterable {
        case tls, tlsFailed, authenticated, authenticationFailed, unverifiedName, tarpitted, lost, idle, throttled,
            closed
    }

    /// What the log says as such.
    public var marks: Set<Mark>
    /// The first moment that the log knows of it, on the writer's clock.
    public var began: Timestamp?
    /// The last moment.
    public var ended: Timestamp?
    /// Sender group, rule and score, or whatever the listener judged the client by. Outside text.
    public var policy: String
    /// Why it did not bring what it was meant to, in the log's words. Outside text.
    public var reason: String

    public init(
        marks: Set<Mark> = [], began: Timestamp? = nil, ended: Timestamp? = nil, policy: String = "",
        reason: String = ""
    ) {
        (self.marks, self.began, self.ended) = (marks, began, ended)
        (self.policy, self.reason) = (policy, reason)
    }

    init(_ node: ConnectionNode, _ texts: TextStore) {
        let known: [(ConnectionNode.Flags, Mark)] = [
            (.tls, .tls), (.tlsFailed, .tlsFailed), (.authSucceeded, .authenticated),
            (.authFailed, .authenticationFailed),
            (.unverified, .unverifiedName), (.tarpitted, .tarpitted), (.lost, .lost), (.idle, .idle),
            (.throttled, .throttled), (.closed, .closed),
        ]
        self.init(
            marks: Set(known.filter { node.flags.contains($0.0) }.map(\.1)),
            began: Timestamp(kept: node.since),
            ended: Timestamp(kept: node.until),
            policy: texts.string(node.policy), reason: texts.string(node.reason))
    }
}
