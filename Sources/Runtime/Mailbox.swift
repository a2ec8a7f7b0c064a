import Dashboard
import Synchronization

/// Where the engines leave what happened, for the program loop to take in one batch. Never drops what it was given: what comes
/// in floods waits for room, everything else is bounded by itself.
public final class Mailbox: Sendable {
    private struct State: Sendable {
        var actions: [Action] = []
        /// What may be one of very many: taken one by one, when nothing else is there.
        var floods: [Action] = []
        /// Those who wait until their flood may go on.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// So many actions of floods may lie here before who left the last one waits.
    private static let room = 8

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Called from any thread when the first action comes, or the first of a flood: one wake-up a batch. Neither
    ///   counts on the other: the loop may have taken what is here of one before the other comes.
    public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    public func post(_ action: Action) {
        let wasEmpty = state.withLock { state in
            defer { state.actions.append(action) }
            return state.actions.isEmpty
        }
        if wasEmpty { wake() }
    }

    /// Leaves what may be one of very many, and waits until there is room for the next one.
    public func postPatiently(_ action: Action) async {
        await withCheckedContinuation { continuation in
            let (wasEmpty, isFull) = state.withLock { state in
                defer { state.floods.append(action) }
                let isFull = state.floods.count >= Self.room
                if isFull { state.waiting.append(continuation) }
                return (state.floods.isEmpty, isFull)
            }
            if wasEmpty { wake() }
            if !isFull { continuation.resume() }
        }
    }

    /// Everything that has come since the last time, floods left out.
    public func take() -> [Action] {
        state.withLock { state in
            defer { state.actions = [] }
            return state.actions
        }
    }

    /// The next one of a flood.
    public func takeFlood() -> Action? {
        let (action, continuation) = state.withLock { state in
            let action = state.floods.isEmpty ? nil : state.floods.removeFirst()
            let goesOn = state.floods.count < Self.room && !state.waiting.isEmpty
            return (action, goesOn ? state.waiting.removeFirst() : nil)
        }
        continuation?.resume()
        return action
    }

    /// Whether a flood goes on.
    public var hasFlood: Bool { state.withLock { !$0.floods.isEmpty } }
}
