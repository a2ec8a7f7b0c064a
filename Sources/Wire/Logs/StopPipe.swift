import Glibc

/// Ends the waits of a source's thread, from any other thread.
final class StopPipe: @unchecked Sendable {  // only descriptors, set once; the kernel guards them
    let descriptor: Int32
    private let writer: Int32

    init() {
        (descriptor, writer) = PrivatePipe.ends() ?? (-1, -1)
        for end in [descriptor, writer] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit { for end in [descriptor, writer] where end >= 0 { close(end) } }

    func stop() {
        var one: UInt8 = 1
        _ = unsafe write(writer, &one, 1)
    }

    /// Waits until one of the descriptors can be read, at most so long.
    /// - Parameter milliseconds: -1 for ever.
    /// - Returns: which of them can, or have ended; nothing when stopped.
    func wait(for descriptors: [Int32], milliseconds: Int32 = -1) -> [Bool]? {
        var watched = ([descriptor] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = nfds_t(watched.count)
        while unsafe poll(&watched, count, milliseconds) < 0, errno == EINTR {}
        return watched[0].revents != 0 ? nil : watched.dropFirst().map { $0.revents != 0 }
    }
}
