import Glibc
import SMTP
import Wire

/// A file without a name for what can be read only once, as a pipe. It is gone when the program ends, however it ends.
struct SpoolFile {
    /// Where it can be read as long as the program runs.
    let path: String
    /// Never closed: a session may want it at any time.
    private let descriptor: CInt

    /// - Throws: `CommandFailure`: one sentence.
    init() throws {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/var/tmp"
        // For its owner alone, and without a name from the next line on.
        var name = Array((folder + "/porthole.XXXXXX").utf8CString)
        descriptor = unsafe name.withUnsafeMutableBufferPointer { name in
            guard let start = name.baseAddress else { return -1 }
            let descriptor = unsafe mkstemp(start)
            if descriptor >= 0 {
                unsafe unlink(start)
                // No command that is started has it.
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
            return descriptor
        }
        guard descriptor >= 0 else {
            throw CommandFailure(
                "cannot keep the standard input in \(folder) until it is sent: \(SystemCall.reason); TMPDIR names another "
                    + "folder", .cannotRead)
        }
        path = "/proc/self/fd/\(descriptor)"
    }

    var state: StoredFile.State? { StoredFile.State(descriptor) }

    /// - Throws: `CommandFailure`: one sentence.
    func append(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw CommandFailure(
                    "cannot keep the standard input until it is sent: \(SystemCall.reason)", .cannotRead)
            }
            rest = rest.dropFirst(written)
        }
    }
}
