import Glibc
import Triage

/// A bounce as a file.
enum BounceFile {
    /// More than this is no bounce that anybody should have to read: servers return the header, or one message.
    private static let limit = 64 << 20

    /// - Parameters:
    ///   - path: `-` for the standard input.
    ///   - isWaitedFor: Whether somebody may wait for a pipe; the window reads files only.
    /// - Throws: `CommandFailure`: one sentence.
    static func read(_ path: String, isWaitedFor: Bool = true) throws -> Bounce {
        var facts = stat()
        if !isWaitedFor, unsafe stat(path, &facts) == 0, ![S_IFREG, S_IFDIR].contains(facts.st_mode & S_IFMT) {
            throw CommandFailure(
                "cannot read \(path): it is no file; porthole explain --bounce reads pipes", .cannotRead)
        }
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        while let piece = try file.next() {
            bytes += piece
            guard bytes.count <= limit else {
                throw CommandFailure("\(file.name) is no bounce: it is larger than \(limit >> 20) MiB", .cannotRead)
            }
        }
        guard let bounce = Bounce(reading: bytes) else {
            throw CommandFailure(
                "\(file.name) is no bounce: there is neither a delivery status (RFC 3464) nor a reply in it",
                .cannotRead)
        }
        return bounce
    }
}
