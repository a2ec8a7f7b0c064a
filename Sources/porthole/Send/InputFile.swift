import Glibc
import SMTP
import Wire

/// A file that a message is made of, or the standard input, as it is read from its beginning to its end.
final class InputFile {
    /// As a sentence names it.
    let name: String
    /// Where it can be read again; only of one that is `isRepeatable`.
    let path: String
    private let descriptor: CInt
    private let isOurs: Bool
    /// What it was when it was opened; `nil` for a pipe, a terminal or a device.
    let state: StoredFile.State?
    let isRepeatable: Bool

    /// - Parameter path: `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    init(_ path: String) throws {
        let isInput = path == "-"
        name = isInput ? "the standard input" : path
        // The shell's `< FILE` is a file too.
        self.path = isInput ? "/proc/self/fd/0" : path
        isOurs = !isInput
        descriptor = isInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = errno == ENOENT ? "there is no such file; check the path" : SystemCall.reason
            throw CommandFailure("cannot read \(path): \(reason)", .cannotRead)
        }
        state = StoredFile.State(descriptor)
        // A file of /proc says that it is empty, and is not.
        isRepeatable = state.map { $0.size > 0 } == true && lseek(descriptor, 0, SEEK_CUR) == 0
    }

    deinit { if isOurs { close(descriptor) } }

    /// The next piece; `nil` at the end.
    func next() throws -> [UInt8]? {
        while true {
            var fault: CInt = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 17) { buffer, count in
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if got < 0 { fault = errno }
                count = max(0, got)
            }
            if fault == EINTR { continue }
            errno = fault
            guard fault == 0 else { throw CommandFailure("cannot read \(name): \(SystemCall.reason)", .cannotRead) }
            return piece.isEmpty ? nil : piece
        }
    }
}
