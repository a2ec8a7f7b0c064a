import Glibc
import MailLog

/// Follows the system's journal through its own reader.
///
/// A reader that fails is started again, after one second and then ever longer, up to a minute; what was written meanwhile is
/// missing, and that is said.
struct ChildFollower: Sendable {
    private let unit: String?

    /// - Parameter unit: whose entries are wanted; nothing for the mail facility.
    init(unit: String?) { self.unit = unit }

    func events() -> AsyncStream<LogSourceEvent> { ChildFollower.stream { stop, feeder in run(stop, &feeder) } }

    /// Standard input, as it comes.
    static func input() -> AsyncStream<LogSourceEvent> {
        stream { stop, feeder in
            feeder.post(.opened(name: "standard input", size: 0))
            var splitter = LineSplitter()
            read(STDIN_FILENO, stop, &feeder) { bytes, feeder in feeder.post(splitter.split(bytes).map { $0.bytes }) }
            if let line = splitter.finish() { feeder.post([line.bytes]) }
            feeder.post(.ended)
        }
    }

    static func stream(_ body: @escaping @Sendable (StopPipe, inout LineFeeder) -> Void)
        -> AsyncStream<LogSourceEvent>
    {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LogSourceEvent.self, bufferingPolicy: .bufferingOldest(64))
        let stop = StopPipe()
        continuation.onTermination = { _ in stop.stop() }
        BlockingThread.run {
            var feeder = LineFeeder(continuation)
            body(stop, &feeder)
            continuation.finish()
        }
        return stream
    }

    private func run(_ stop: StopPipe, _ feeder: inout LineFeeder) {
        var pause: Int32 = 1
        while !feeder.isStopped {
            feeder.post(.opened(name: name, size: 0))
            let began = ContinuousClock.now
            guard let ending = once(stop, &feeder) else { return }
            if ending.status == 0 {
                feeder.post(.ended)
                return
            }
            if ContinuousClock.now - began > .seconds(60) { pause = 1 }
            feeder.postStop(of: name, status: ending.status, words: ending.words, pause: pause)
            if stop.wait(for: [], milliseconds: pause * 1000) == nil { return }
            pause = min(60, pause * 2)
        }
    }

    /// Runs the program once.
    /// - Returns: how it ended, with the last line it said about itself; nothing when the listener has gone.
    private func once(_ stop: StopPipe, _ feeder: inout LineFeeder) -> (status: Int32, words: String)? {
        let child: ChildOutput
        do throws(ChildOutput.ErrorNumber) {
            child = try ChildOutput(arguments, keepsErrors: true)
        } catch {
            return (127, "\(arguments[0]) cannot be started: \(FileRefusal.words(error.code))")
        }
        var (export, complaint) = (JournalExport(), LineSplitter(cap: 300))
        var words = ""
        var open = [child.descriptor, child.errors]
        while open != [-1, -1] {
            guard let ready = stop.wait(for: open) else {
                child.terminate()
                _ = child.finish()
                return nil
            }
            if ready[0] {
                let bytes = ChildFollower.bytes(child.descriptor)
                if bytes.isEmpty { open[0] = -1 }
                feeder.post(export.lines(bytes))
            }
            if ready[1] {
                let bytes = ChildFollower.bytes(child.errors)
                if bytes.isEmpty { open[1] = -1 }
                if let last = complaint.split(bytes).last { words = String(decoding: last.bytes, as: UTF8.self) }
            }
            if feeder.isStopped {
                child.terminate()
                _ = child.finish()
                return nil
            }
        }
        if let last = complaint.finish() { words = String(decoding: last.bytes, as: UTF8.self) }
        return (child.finish(), words)
    }

    private static func read(
        _ descriptor: Int32, _ stop: StopPipe, _ feeder: inout LineFeeder,
        _ take: ([UInt8], inout LineFeeder) -> Void
    ) {
        while !feeder.isStopped, stop.wait(for: [descriptor]) != nil {
            let bytes = bytes(descriptor)
            if bytes.isEmpty { return }
            take(bytes, &feeder)
        }
    }

    /// What can be read now; nothing at the end.
    private static func bytes(_ descriptor: Int32) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256 << 10) { buffer, filled in
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                (filled, code) = (max(0, got), got < 0 ? errno : 0)
            }
            if code != EINTR { return bytes }
        }
    }

    private var name: String { "journal:\(unit ?? "")" }

    private var arguments: [String] { JournalCommand.arguments(unit: unit, follows: true) }
}
