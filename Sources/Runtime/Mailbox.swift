import Dashboard
import Synchronization

/// Where the engines leave what happened, for the program loop to take in one batch. Never drops what it was given: what comes
/// in floods waits for room, everything else is bounded by itself.
public final class Mailbox: Sendable {
    private struct State: Sendable {
        var actions: [Action] = []
        /// Those who wait for the program to take what is there.
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// How many of the actions came with patience.
        var patient = 0
    }

    /// So many actions of floods may lie here before the next one waits.
    private static let room = 8

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Called when the first action comes into an empty mailbox, from any thread: one wake-up a batch.
    public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    public func post(_ action: Action) {
        let wasEmpty = state.withLock { state in
            state.actions.append(action)
            return state.actions.count == 1
        }
        if wasEmpty { wake() }
    }

    /// Leaves what may be one of very many, and waits until there is room for the next one.
    public func postPatiently(_ action: Action) async {
        post(action)
        await withCheckedContinuation { continuation in
            let isFull = state.withLock { state in
                state.patient += 1
                guard state.patient > Self.room else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !isFull { continuation.resume() }
        }
    }

    /// Everything that has come since the last time.
    public func take() -> [Action] {
        let (actions, waiting) = state.withLock { state in
            defer { state = State() }
            return (state.actions, state.waiting)
        }
        for continuation in waiting { continuation.resume() }
        return actions
    }
}
