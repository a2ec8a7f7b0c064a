import Glibc
import SMTP
import Wire

/// A file without a name for what can be read only once, as a pipe. It is gone when the program ends, however it ends.
struct SpoolFile {
    /// Where it can be read as long as the program runs.
    let path: String
    /// Never closed: a session may want it at any time.
    private let descriptor: CInt
    /// What it keeps, as a sentence names it.
    private let name: String

    /// - Parameter name: What it keeps, as a sentence names it.
    /// - Throws: `CommandFailure`: one sentence.
    init(of name: String) throws {
        self.name = name
        let folder = Self.folder(unsafe getenv("TMPDIR").map { unsafe String(cString: $0) })
        let place = "\(folder)/porthole.\(String(UInt64.random(in: .min ... .max), radix: 36))"
        // For its owner alone, for no command that is started at the same moment, and without a name from the next line on.
        descriptor = unsafe open(place, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { unsafe unlink(place) }
        guard descriptor >= 0 else {
            throw CommandFailure(
                "cannot keep \(name) in \(folder) until it is sent: \(SystemCall.reason); TMPDIR names another "
                    + "folder", .cannotRead)
        }
        path = "/proc/self/fd/\(descriptor)"
    }

    /// - Parameter wish: What TMPDIR says; empty is as good as unset.
    static func folder(_ wish: String?) -> String { wish.flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp" }

    var state: StoredFile.State? { StoredFile.State(descriptor) }

    /// - Throws: `CommandFailure`: one sentence.
    func append(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw CommandFailure(
                    "cannot keep \(name) until it is sent: \(SystemCall.reason)", .cannotRead)
            }
            rest = rest.dropFirst(written)
        }
    }
}
