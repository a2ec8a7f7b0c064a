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

    /// - Parameters:
    ///   - path: `-` for the standard input.
    ///   - standardInput: The descriptor of it.
    ///   - reopens: Whether the file that lies behind the standard input can be opened once more. Permissions are looked at
    ///     anew then, and whoever opened it for us may have had more of them.
    /// - Throws: `CommandFailure`: one sentence.
    init(
        _ path: String, standardInput: CInt = STDIN_FILENO,
        reopens: (_ path: String, _ state: StoredFile.State) -> Bool = InputFile.reopens
    ) throws {
        let isInput = path == "-"
        name = isInput ? "the standard input" : path
        // The shell's `< FILE` is a file too.
        self.path = isInput ? "/proc/self/fd/\(standardInput)" : path
        isOurs = !isInput
        descriptor = isInput ? standardInput : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = errno == ENOENT ? "there is no such file; check the path" : SystemCall.reason
            throw CommandFailure("cannot read \(path): \(reason)", .cannotRead)
        }
        state = StoredFile.State(descriptor)
        // A file of /proc says that it is empty, and is not.
        guard let state, state.size > 0, lseek(descriptor, 0, SEEK_CUR) == 0 else {
            isRepeatable = false
            return
        }
        isRepeatable = !isInput || reopens(self.path, state)
    }

    private static func reopens(_ path: String, _ state: StoredFile.State) -> Bool {
        let again = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard again >= 0 else { return false }
        defer { close(again) }
        return StoredFile.State(again) == state
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
