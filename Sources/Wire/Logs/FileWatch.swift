import Glibc

/// Waits until something happens to a log: to the file, to its directory, or that nobody listens any more.
///
/// The directory has an inotify instance of its own, so that a rotation wakes at once while many small writes are gathered.
/// Without inotify everything works by looking once a second.
final class FileWatch: @unchecked Sendable {  // only descriptors, set once; the kernel guards them
    private let directoryEvents: Int32
    private let fileEvents: Int32
    /// A pipe: what is written into one end wakes the other.
    private let stop: Int32
    private let stopper: Int32
    /// Why there is no watch, when there is none.
    let shortfall: String?
    /// Whether the kernel tells of everything that happens here: not of what other machines do to a file system of theirs.
    let isSure: Bool

    init(directory: String) {
        (stop, stopper) = PrivatePipe.ends() ?? (-1, -1)
        for end in [stop, stopper] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        let flags = Int32(IN_CLOEXEC | IN_NONBLOCK)
        directoryEvents = inotify_init1(flags)
        fileEvents = inotify_init1(flags)
        let mask = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_MOVE_SELF)
        let watched = directoryEvents < 0 ? -1 : unsafe inotify_add_watch(directoryEvents, directory, mask)
        isSure = watched >= 0 && fileEvents >= 0 && LocalFiles.contain(directory)
        if watched < 0 || fileEvents < 0 {
            shortfall = "no file watch for \(directory) (\(FileRefusal.words(errno))): looking once a second"
        } else {
            shortfall = nil
        }
    }

    deinit {
        for descriptor in [directoryEvents, fileEvents, stop, stopper] where descriptor >= 0 { close(descriptor) }
    }

    /// Watches an open file; watches on files that are gone go with them.
    func watch(_ file: OpenFile) {
        guard fileEvents >= 0 else { return }
        _ = unsafe inotify_add_watch(
            fileEvents, "/proc/self/fd/\(file.descriptor)",
            UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF))
    }

    /// Ends every wait, now and later. From any thread.
    func cancel() {
        var one: UInt8 = 1
        _ = unsafe write(stopper, &one, 1)
    }

    /// Returns when something happened, after `milliseconds` at the latest; of the writes to the file only if `writes`.
    /// - Returns: false when cancelled.
    func wait(milliseconds: Int32, writes: Bool) -> Bool {
        var watched = [
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
            pollfd(fd: directoryEvents, events: Int16(POLLIN), revents: 0),
            pollfd(fd: writes ? fileEvents : -1, events: Int16(POLLIN), revents: 0),
        ]
        let count = nfds_t(watched.count)
        _ = unsafe poll(&watched, count, milliseconds)
        if watched[0].revents != 0 { return false }
        if watched[1].revents != 0 { drain(directoryEvents) }
        if watched[2].revents != 0 { drain(fileEvents) }
        return true
    }

    private func drain(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16384)
        while unsafe read(descriptor, &buffer, 16384) > 0 {}
    }
}
