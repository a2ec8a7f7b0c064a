import Synchronization

/// How far the reading of a log has come, told by several threads, and whether anybody still wants it.
public final class ReadProgress: Sendable {
    private let done = Atomic<UInt64>(0)
    private let isGivenUp = Atomic<Bool>(false)
    private let total: UInt64
    private let step: UInt64
    private let report: @Sendable (UInt64) -> Void

    /// - Parameters:
    ///   - total: the bytes to be read.
    ///   - report: gets the bytes read so far, fifty times at most; from any thread.
    public init(of total: UInt64, report: @escaping @Sendable (UInt64) -> Void) {
        (self.total, self.report) = (total, report)
        step = max(4 << 20, total / 50)
    }

    /// The reading is to end as soon as it can.
    public func giveUp() { isGivenUp.store(true, ordering: .relaxed) }

    /// True when nobody waits for the end.
    public var isEnded: Bool { isGivenUp.load(ordering: .relaxed) }

    /// Counts bytes that were read.
    /// - Returns: false when the reading is to end.
    public func goesOn(after count: Int) -> Bool {
        let now = done.wrappingAdd(UInt64(count), ordering: .relaxed).newValue
        if now / step != (now - UInt64(count)) / step { report(min(now, total)) }
        return !isEnded
    }
}
