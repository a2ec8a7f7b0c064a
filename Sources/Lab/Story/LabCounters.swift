import Synchronization

/// The gateway's ids: they only grow.
final class LabCounters: Sendable {
    private struct State {
        var icid: Int
        var mid: Int
        var dcid: Int
        var rcid: Int
        /// What background traffic may not reach before the first message of a real session.
        var reservedMID: Int
        var isReserved = true
    }

    private let state: Mutex<State>

    /// The first message of a real session gets `firstMID`, whatever the background has used before.
    init(firstMID: Int) {
        state = Mutex(State(icid: 880_112, mid: max(1, firstMID - 60), dcid: 41_870, rcid: 310, reservedMID: firstMID))
    }

    /// The next id for background traffic, or for what the gateway makes of a message.
    func next(_ kind: LogLine.Kind) -> Int {
        state.withLock { state in
            switch kind {
            case .icid:
                state.icid += 1
                return state.icid
            case .dcid:
                state.dcid += 1
                return state.dcid
            case .rcid:
                state.rcid += 1
                return state.rcid
            case .mid:
                defer { state.mid += 1 }
                return state.mid
            }
        }
    }

    /// The MID of a message that a real session begins.
    func nextSessionMID() -> Int {
        state.withLock { state in
            if state.isReserved { state.mid = max(state.mid, state.reservedMID) }
            state.isReserved = false
            defer { state.mid += 1 }
            return state.mid
        }
    }

    /// Messages that background traffic may still make.
    var freeMIDs: Int { state.withLock { $0.isReserved ? max(0, $0.reservedMID - $0.mid) : .max } }
}
