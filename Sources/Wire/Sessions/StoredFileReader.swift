import Glibc
import SMTP

/// Reads the file of a message piece by piece while it goes out, as long as it is what was surveyed.
final class StoredFileReader: Sendable {
    /// What could not be read and why, in one sentence.
    struct Fault: Error {
        let words: String
    }

    let file: StoredFile
    private let descriptor: CInt

    /// - Throws: `Fault` when the file is not there any more, or is another.
    init(_ file: StoredFile) throws(Fault) {
        self.file = file
        descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Fault(words: "cannot read \(file.name): \(Self.reason)") }
    }

    deinit { close(descriptor) }

    /// - Throws: `Fault` when the octets are not there, or not the ones that were surveyed.
    func read(_ request: ContentRequest) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < request.count {
            var fault: CInt = 0
            let wanted = request.count - bytes.count
            let offset = off_t(request.offset + bytes.count)
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let got = unsafe pread(descriptor, buffer.baseAddress, wanted, offset)
                if got < 0 { fault = errno }
                count = max(0, got)
            }
            if fault == EINTR { continue }
            errno = fault
            guard fault == 0 else { throw Fault(words: "cannot read \(file.name): \(Self.reason)") }
            guard !piece.isEmpty else { throw changed }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        // After the reading: what was changed before it is not sent.
        guard Self.state(of: descriptor) == file.state else { throw changed }
        return bytes
    }

    /// A piece, and who has the file open.
    typealias Piece = Result<(StoredFileReader, [UInt8]), Fault>

    /// - Parameter known: Who has the file open already.
    static func piece(_ request: ContentRequest, _ known: StoredFileReader?) -> Piece {
        do throws(Fault) {
            let reader = if let known { known } else { try StoredFileReader(request.file) }
            return .success((reader, try reader.read(request)))
        } catch { return .failure(error) }
    }

    private var changed: Fault { Fault(words: "\(file.name) has been changed since it was looked at") }

    private static var reason: String { unsafe String(cString: strerror(errno)) }

    private static func state(of descriptor: CInt) -> StoredFile.State? { StoredFile.State(descriptor) }
}

extension StoredFile.State {
    /// Of an open file; `nil` for what is no regular file, which cannot be read twice.
    public init?(_ descriptor: CInt) {
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(facts)
    }

    /// The date is only compared: one that 64 bits of nanoseconds do not hold is wrapped.
    init(_ facts: stat) {
        let seconds = Int(facts.st_mtim.tv_sec)
        self.init(
            size: Int(facts.st_size), nanoseconds: seconds &* 1_000_000_000 &+ Int(facts.st_mtim.tv_nsec),
            inode: UInt64(facts.st_ino))
    }
}
