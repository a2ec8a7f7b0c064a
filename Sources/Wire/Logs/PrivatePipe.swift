import Glibc
import Synchronization

/// Pipes that no command inherits but the one that they are made for.
///
/// pipe(2) does not mark its ends as close-on-exec by itself. A command that another thread starts before they are marked would keep
/// them open as long as it runs: whoever reads such a pipe would never come to its end.
enum PrivatePipe {
    /// Held while there are ends without the mark, and while a command is started.
    private static let gate = Mutex(())

    /// The end to read and the end to write; `nil` when there is none to be had, and errno says why.
    static func ends() -> (reading: Int32, writing: Int32)? {
        gate.withLock { _ in
            var ends: [Int32] = [-1, -1]
            guard unsafe pipe(&ends) == 0 else { return nil }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }

    /// Starts a command while all ends are marked.
    static func starting<Result>(_ spawn: () -> Result) -> Result { gate.withLock { _ in spawn() } }
}
