import CNcurses

/// Ends the screen's `wait` from anywhere: the mailbox rings it when something was posted.
///
/// It may be called from any thread and from a signal handler, before the screen opens and after it closed.
public struct Waker: Sendable {
    /// Ends the present wait, or the next one.
    public func wake() { cn_wake() }
}
