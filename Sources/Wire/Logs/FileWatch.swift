import Glibc
import Synchronization

/// Waits until something happens to a log: to the file, to its directory, or that nobody listens any more.
///
/// The directory has an inotify instance of its own, so that a rotation wakes at once while many small writes are gathered.
/// Without inotify everything works by looking once a second.
final class FileWatch: @unchecked Sendable {  // only descriptors, set once; the kernel guards them
    private let directory: String
    private let directoryEvents: Int32
    /// Which of the watches in `directoryEvents` is on the directory that has the name now.
    private let directoryWatch = Atomic<Int32>(-1)
    private let fileEvents: Int32
    /// A pipe: what is written into one end wakes the other.
    private let stop: Int32
    private let stopper: Int32
    /// Why there is no watch, when there is none.
    let shortfall: String?
    /// Whether the kernel tells of everything that happens here: not of what other machines do to a file system of theirs.
    let isSure: Bool

    init(directory: String) {
        self.directory = directory
        (stop, stopper) = PrivatePipe.ends() ?? (-1, -1)
        for end in [stop, stopper] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        let flags = Int32(IN_CLOEXEC | IN_NONBLOCK)
        directoryEvents = inotify_init1(flags)
        fileEvents = inotify_init1(flags)
        let watched =
            directoryEvents < 0 ? -1 : unsafe inotify_add_watch(directoryEvents, directory, Self.directoryMask)
        directoryWatch.store(watched, ordering: .relaxed)
        isSure = watched >= 0 && fileEvents >= 0 && LocalFiles.contain(directory)
        if watched < 0 || fileEvents < 0 {
            shortfall = "no file watch for \(directory) (\(FileRefusal.words(errno))): looking once a second"
        } else {
            shortfall = nil
        }
    }

    private static let directoryMask = UInt32(
        IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_MOVE_SELF)

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
        if watched[2].revents != 0 {
            var buffer = [UInt8](repeating: 0, count: 16384)
            while unsafe read(fileEvents, &buffer, 16384) > 0 {}
        }
        return true
    }

    /// What happened in the directory since the last call; until it is asked for, no wait is long.
    func news() -> [DirectoryEvent] {
        renew()
        var (events, buffer) = ([DirectoryEvent](), [UInt8](repeating: 0, count: 16384))
        while directoryEvents >= 0, case let got = unsafe read(directoryEvents, &buffer, 16384), got > 0 {
            var start = 0
            // An event is four numbers (watch, mask, the number of a renaming, length) and the name, filled up with NUL.
            while start + 16 <= got {
                let numbers = (0..<4).map { word in
                    (0..<4).reduce(UInt32(0)) { $0 | UInt32(buffer[start + word * 4 + $1]) << ($1 * 8) }
                }
                let end = min(got, start + 16 + Int(numbers[3]))
                let name = String(decoding: buffer[(start + 16)..<end].prefix { $0 != 0 }, as: UTF8.self)
                if let event = event(numbers, name) { events.append(event) }
                start = end
            }
        }
        return events
    }

    private func event(_ numbers: [UInt32], _ name: String) -> DirectoryEvent? {
        let (mask, move) = (Int(numbers[1]), numbers[2])
        if mask & Int(IN_Q_OVERFLOW) != 0 { return .overflowed }
        guard Int32(bitPattern: numbers[0]) == directoryWatch.load(ordering: .relaxed) else { return nil }
        if mask & Int(IN_CREATE) != 0 { return .created(name) }
        if mask & Int(IN_DELETE) != 0 { return .deleted(name) }
        if mask & Int(IN_MOVED_FROM) != 0 { return .movedAway(name, move: move) }
        return mask & Int(IN_MOVED_TO) != 0 ? .movedHere(name, move: move) : nil
    }

    /// The directory itself may have been renamed, and another one may have its name now. To watch the same one again
    /// changes nothing.
    private func renew() {
        guard directoryEvents >= 0 else { return }
        let watched = unsafe inotify_add_watch(directoryEvents, directory, Self.directoryMask)
        let old = directoryWatch.exchange(watched, ordering: .relaxed)
        if old >= 0, old != watched { inotify_rm_watch(directoryEvents, old) }
    }
}
