import Dashboard
import Synchronization

/// Where the engines leave what happened, for the program loop to take in one batch. Never drops what it was given: the
/// engines bound themselves.
public final class Mailbox: Sendable {
    private let actions = Mutex<[Action]>([])
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Called when the first action comes into an empty mailbox, from any thread: one wake-up a batch.
    public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    public func post(_ action: Action) {
        let wasEmpty = actions.withLock { actions in
            actions.append(action)
            return actions.count == 1
        }
        if wasEmpty { wake() }
    }

    /// Everything that has come since the last time.
    public func take() -> [Action] {
        actions.withLock { actions in
            defer { actions = [] }
            return actions
        }
    }
}
