import Triage

/// A bounce as a file.
enum BounceFile {
    /// More than this is no bounce that anybody should have to read: servers return the header, or one message.
    private static let limit = 64 << 20

    /// - Parameter path: `-` for the standard input.
    /// - Throws: `CommandFailure`: one sentence.
    static func read(_ path: String) throws -> Bounce {
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
