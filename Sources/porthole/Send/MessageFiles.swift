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

    /// - Parameter text: `FILE`, and behind it `;type=`, `;name=` or, for a file inside the HTML, `;id=`.
    mutating func attachment(_ text: String, isInline: Bool) throws -> Attachment {
        let option = isInline ? "--inline" : "--attach"
        var words = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        var values: [String: String] = [:]
        // A file may have a semicolon in its name: only what is one of the words is one.
        while words.count > 1, let last = words.last {
            let pair = last.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, ["type", "name", "id"].contains(String(pair[0])) else { break }
            values[String(pair[0])] = String(pair[1])
            words.removeLast()
        }
        let path = words.joined(separator: ";")
        if isInline, values["id"] == nil { throw CommandFailure("--inline wants FILE;id=CONTENT-ID", .usage) }
        if !isInline, values["id"] != nil { throw CommandFailure("--attach has no id; --inline has", .usage) }
        if path == "-" { throw CommandFailure("\(option) wants a file; only --body reads the standard input", .usage) }
        let bytes = try read(path)
        let name = values["name"] ?? path.split(separator: "/").last.map(String.init) ?? path
        do throws(CommandFault) {
            return try Attachment(name: name, type: values["type"], bytes: bytes, contentID: values["id"])
        } catch {
            throw CommandFailure("\(option): \(error)", .usage)
        }
    }
}
