import Glibc
import SMTP

/// Reads the files of a message, all of them together within a limit.
struct MessageFiles {
    /// Octets. Larger messages are no test of a connection, and no gateway takes them.
    static let limit = 128 << 20

    private var room = Self.limit

    /// - Parameter path: `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    mutating func read(_ path: String) throws -> [UInt8] {
        let isInput = path == "-"
        let name = isInput ? "the standard input" : path
        let descriptor = isInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = errno == ENOENT ? "there is no such file; check the path" : SystemCall.reason
            throw CommandFailure("cannot read \(path): \(reason)", .cannotRead)
        }
        defer { if !isInput { close(descriptor) } }
        var bytes: [UInt8] = []
        while true {
            var fault: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if got < 0 { fault = errno }
                count = max(0, got)
            }
            if fault == EINTR { continue }
            if fault != 0 {
                errno = fault
                throw CommandFailure("cannot read \(name): \(SystemCall.reason)", .cannotRead)
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            room -= chunk.count
            guard room >= 0 else {
                throw CommandFailure(
                    "\(name) is too big: a test message holds at most \(Self.limit >> 20) MiB", .cannotRead)
            }
        }
    }
}
