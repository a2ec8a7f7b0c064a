/// A piece of a file that the state machine wants next: `SessionStateMachine.content` takes it.
public struct ContentRequest: Hashable, Sendable {
    /// Octets of one piece at most: what a session holds of a file.
    public static let most = 1 << 17

    public let file: StoredFile
    /// Of its first octet in the file.
    public let offset: Int
    /// Octets, at least 1.
    public let count: Int
}
