import Glibc
import MailLog

/// Follows what a shell command writes, such as `ssh gw tail -F /var/log/mail.log`.
///
/// A command that fails is started again, after one second and then ever longer, up to a minute; what was written meanwhile is
/// missing, and that is said with the last line of its standard error. What it says a second time is left out, as far as that can
/// be known. One that ends with status 0 has said all it had to say.
public struct CommandFollower: Sendable {
    private let command: String

    /// - Parameter command: for `/bin/sh -c`.
    public init(_ command: String) { self.command = command }

    /// Ends every command that is under way: for the end of the program, which waits for no thread.
    public static func endAll() { ShellCommand.endAll() }

    /// What the command writes, from now until the stream is cancelled; then the command is ended with all that it started.
    public func events() -> AsyncStream<LogSourceEvent> {
        // A slow listener makes the command wait.
        let (stream, continuation) = AsyncStream.makeStream(
            of: LogSourceEvent.self, bufferingPolicy: .bufferingOldest(64))
        guard let (stop, stopper) = PrivatePipe.ends() else {
            continuation.yield(.trouble("cannot start \(command): \(FileRefusal.words(errno))"))
            continuation.finish()
            return stream
        }
        continuation.onTermination = { _ in close(stopper) }
        let command = command
        BlockingThread.run {
            var loop = CommandLoop(command: command, stop: stop, listener: continuation)
            loop.run()
            close(stop)
            continuation.finish()
        }
        return stream
    }
}

/// The work of one follower, on a thread of its own.
private struct CommandLoop {
    let command: String
    /// Is at its end when nobody listens any more.
    let stop: Int32
    private var feeder: LineFeeder
    private var splitter = LineSplitter()
    private var complaints = LineSplitter()
    private var complaint = ""
    private var repeated = RepeatedLines()

    init(command: String, stop: Int32, listener: AsyncStream<LogSourceEvent>.Continuation) {
        (self.command, self.stop, feeder) = (command, stop, LineFeeder(listener))
    }

    mutating func run() {
        let name = "cmd:\(command)"
        var pause: Int32 = 1000
        while true {
            do throws(ShellCommand.Fault) {
                let child = try ShellCommand(command)
                feeder.post(.opened(name: name, size: 0))
                let (isCancelled, hasNews) = read(child)
                let status = child.end(atOnce: isCancelled)
                if isCancelled { return }
                guard status != 0 else { return feeder.post(.ended) }
                if hasNews { pause = 1000 }
                repeated.restart()
                feeder.postStop(of: name, status: status, words: complaint, pause: pause / 1000)
            } catch {
                feeder.post(.trouble("cannot start \(command): \(FileRefusal.words(error.code))"))
            }
            var watched = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&watched, 1, pause) > 0 { return }
            pause = min(60_000, pause * 2)
        }
    }

    /// Reads until the command closes its output or nobody listens any more.
    private mutating func read(_ child: ShellCommand) -> (isCancelled: Bool, hasNews: Bool) {
        var isQuiet = false
        var hasNews = false
        var isOpen = true
        var complains = true
        while isOpen {
            var watched = [
                pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
                pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: complains ? child.errors : -1, events: Int16(POLLIN), revents: 0),
            ]
            // What comes without a pause of 300 ms was there at the start.
            let count = unsafe poll(&watched, 3, isQuiet ? -1 : 300)
            if watched[0].revents != 0 { return (true, hasNews) }
            if count == 0 {
                isQuiet = true
                settle()
                feeder.post(.caughtUp)
            }
            if watched[2].revents != 0 {
                let bytes = Self.bytes(from: child.errors)
                complains = bytes != nil
                for line in complaints.split(bytes ?? []) {
                    complaint = String(decoding: line.bytes.prefix(200), as: UTF8.self)
                }
            }
            guard watched[1].revents != 0 else { continue }
            guard let bytes = Self.bytes(from: child.output) else {
                isOpen = false
                continue
            }
            if give(splitter.split(bytes)) { hasNews = true }
        }
        if let last = splitter.finish(), give([last]) { hasNews = true }
        settle()
        if !isQuiet { feeder.post(.caughtUp) }
        return (false, hasNews)
    }

    /// - Returns: whether any of the lines was new.
    private mutating func give(_ lines: [RawLogLine]) -> Bool {
        let (new, hasGap) = repeated.take(lines)
        if hasGap { feeder.post(.gap("cmd:\(command) was started again: some of its lines may come twice")) }
        if !new.isEmpty { feeder.post(.lines(new)) }
        return !new.isEmpty
    }

    /// What was held back is new when no more comes.
    private mutating func settle() {
        let new = repeated.settle()
        if !new.isEmpty { feeder.post(.lines(new)) }
    }

    /// What is there; `nil` at the end.
    private static func bytes(from descriptor: Int32) -> [UInt8]? {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
        return bytes.isEmpty ? nil : bytes
    }
}
