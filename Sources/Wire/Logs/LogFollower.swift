import Glibc
import MailLog

/// Follows a log file through everything that is done to log files: rotation by renaming, copying and truncating, rewriting,
/// deletion, disappearance, lost permission.
///
/// Nothing is mapped into memory, because others may truncate the file at any moment. The old file is read to its end
/// before the new one begins; lines that were rotated away between two looks are found in the files beside the log.
public struct LogFollower: Sendable {
    /// Where to begin.
    public enum Start: Hashable, Sendable {
        case beginning
        /// With the first whole line within the last so many bytes.
        case tail(Int)
    }

    private let path: String
    private let start: Start
    private let handsOutBlocks: Bool

    /// - Parameters:
    ///   - path: of the log; it need not exist yet.
    ///   - handsOutBlocks: whether lines may come together as `LogSourceEvent.block`.
    public init(path: String, from start: Start = .beginning, handsOutBlocks: Bool = false) {
        (self.path, self.start, self.handsOutBlocks) = (path, start, handsOutBlocks)
    }

    /// What happens to the log, from now until the stream is cancelled. Each call follows on its own.
    ///
    /// The reader waits when its listener is slow; it never drops an event.
    public func events() -> AsyncStream<LogSourceEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LogSourceEvent.self, bufferingPolicy: .bufferingOldest(64))
        let watch = FileWatch(directory: SiblingFiles.split(path).directory)
        continuation.onTermination = { _ in watch.cancel() }
        let (path, start, handsOutBlocks) = (path, start, handsOutBlocks)
        BlockingThread.run {
            var loop = FollowLoop(
                path: path, start: start, watch: watch, listener: continuation, handsOutBlocks: handsOutBlocks)
            loop.run()
            continuation.finish()
        }
        return stream
    }
}
