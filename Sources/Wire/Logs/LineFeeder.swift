import Glibc
import MailLog

/// Hands the lines of a source that has no file to its listener, who may be slow: the source waits then, nothing is dropped.
struct LineFeeder {
    private let listener: AsyncStream<LogSourceEvent>.Continuation
    private var number = 1
    private var offset: UInt64 = 0
    private(set) var isStopped = false

    init(_ listener: AsyncStream<LogSourceEvent>.Continuation) { self.listener = listener }

    mutating func post(_ event: LogSourceEvent) {
        while !isStopped {
            switch listener.yield(event) {
            case .enqueued: return
            case .terminated: isStopped = true
            case .dropped: usleep(2000)
            @unknown default: return
            }
        }
    }

    /// A program that was listened to has failed and is started again.
    /// - Parameter pause: in seconds.
    mutating func postStop(of name: String, status: Int32, words: String, pause: Int32) {
        let reason = words.isEmpty ? "" : " (\(words))"
        post(
            .gap(
                "\(name) stopped with status \(status)\(reason): starting it again in \(pause) s; "
                    + "lines that are written meanwhile are missing here"))
    }

    /// Lines that count on from the last ones.
    mutating func post(_ lines: [[UInt8]]) {
        var rest = lines[...]
        while !rest.isEmpty, !isStopped {
            var batch: [RawLogLine] = []
            for bytes in rest.prefix(2000) {
                batch.append(RawLogLine(number: number, offset: offset, bytes: bytes))
                (number, offset) = (number + 1, offset + UInt64(bytes.count) + 1)
            }
            rest = rest.dropFirst(2000)
            post(.lines(batch))
        }
    }
}
