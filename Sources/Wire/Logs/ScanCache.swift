import Glibc
import MailLog

/// A folder with the indexes of logs: whose each line is, so that a question need not read the log again.
///
/// An index is used only when it is of this very file: its device and inode, and the bytes at the beginning and before the end
/// of what was read are as they were. A log that has grown is read on from there; anything else makes the index anew.
public struct ScanCache: Sendable {
    /// The part of a log that an index is about.
    struct Part {
        var stretches: [ScannedStretch]
        /// Its end, which is the end of a line.
        var end: UInt64
    }

    private static let magic = Array("porthole log index 1\n".utf8)
    /// As many bytes are compared at the beginning and before the end.
    private static let compared = 4096

    private let folder: String
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - folder: is made when it is missing, for its owner alone.
    ///   - report: gets a sentence about each index that was made, or could not be.
    /// - Throws: when there can be no such folder.
    public init(folder: String, report: @escaping @Sendable (String) -> Void) throws(LogFault) {
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw LogFault("cannot make the folder \(folder): \(FileRefusal.words(errno))")
        }
        guard FileFace(path: folder)?.kind == .directory else {
            throw LogFault("\(folder) is not a folder: indexes are kept in one")
        }
        (self.folder, self.report) = (folder, report)
    }

    // MARK: Reading

    /// The index of the log, when there is one that is still true.
    func part(of path: String, _ file: OpenFile) -> Part? {
        guard let index = try? OpenFile(path: name(of: path)), case let size = index.size, size < 1 << 34,
            let bytes = try? index.bytes(at: 0, count: Int(size)), bytes.starts(with: ScanCache.magic)
        else { return nil }
        let body = ScanCache.magic.count + 7 * 8
        var head = ByteReader(Array(bytes.prefix(body).dropFirst(ScanCache.magic.count)))
        let words = (0..<7).compactMap { _ in head.word() }
        guard words.count == 7, bytes.count >= body, words[6] == ScanCache.hash(bytes[body...]) else { return nil }
        let (end, modified) = (words[2], words[5])
        guard words[0] == file.identity.device, words[1] == file.identity.inode, file.size >= end,
            let face = FileFace(descriptor: file.descriptor),
            // Of the same length, but written to since: in place.
            face.size > end || UInt64(bitPattern: face.modified) == modified,
            let marks = marks(of: file, end), words[3] == marks.head, words[4] == marks.tail,
            let stretches = ScanArchive.stretches(from: Array(bytes[body...]))
        else { return nil }
        return Part(stretches: stretches, end: end)
    }

    /// What the log's bytes are at the beginning and before `end`.
    private func marks(of file: OpenFile, _ end: UInt64) -> (head: UInt64, tail: UInt64)? {
        let count = Int(min(end, UInt64(ScanCache.compared)))
        guard let head = try? file.bytes(at: 0, count: count),
            let tail = try? file.bytes(at: end - UInt64(count), count: count), tail.count == count
        else { return nil }
        return (ScanCache.hash(head[...]), ScanCache.hash(tail[...]))
    }

    // MARK: Writing

    /// Keeps the index of a log up to `part.end`. That it cannot be kept is said, and is no reason not to answer.
    func keep(_ part: Part, of path: String, _ file: OpenFile) {
        guard let marks = marks(of: file, part.end), let face = FileFace(descriptor: file.descriptor) else { return }
        // The moment of the last change says something only about a log that ends where the index does.
        let modified = face.size == part.end ? UInt64(bitPattern: face.modified) : 0
        let body = ScanArchive.bytes(of: part.stretches)
        let words = [
            file.identity.device, file.identity.inode, part.end, marks.head, marks.tail, modified,
            ScanCache.hash(body[...]),
        ]
        var head = ByteWriter()
        words.forEach { head.word($0) }
        do throws(LogFault) {
            try write(ScanCache.magic + head.bytes + body, to: name(of: path))
            let mebibytes = (Double(body.count) / 1_048_576 * 10).rounded() / 10
            let lines = part.stretches.reduce(0) { $0 + $1.lineCount }
            report("index of \(path): \(lines) lines in \(mebibytes) MiB")
        } catch {
            report("no index of \(path) is kept: \(error.sentence)")
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(LogFault) {
        let draft = "\(path).\(getpid())"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LogFault("\(draft): \(FileRefusal.words(errno))") }
        var (written, code) = (0, Int32(0))
        while written < bytes.count, code == 0 {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 { written += count } else if errno != EINTR { code = errno }
        }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, unsafe rename(draft, path) != 0 { code = errno }
        if code != 0 {
            _ = unsafe unlink(draft)
            throw LogFault("\(path): \(FileRefusal.words(code))")
        }
    }

    /// One file for each log, called by the log's whole path.
    private func name(of path: String) -> String {
        var whole = path
        if let real = unsafe realpath(path, nil) {
            whole = unsafe String(cString: real)
            unsafe free(real)
        }
        return "\(folder)/\(String(ScanCache.hash(Array(whole.utf8)[...]), radix: 16)).index"
    }

    /// FNV-1a, over eight bytes at a time.
    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var (hash, word, place) = (UInt64(0xCBF2_9CE4_8422_2325), UInt64(bytes.count), 0)
        for byte in bytes {
            word = word << 8 | UInt64(byte)
            place += 1
            if place & 7 == 0 {
                hash = (hash ^ word) &* 0x100_0000_01B3
                hash ^= hash >> 29
                word = 0
            }
        }
        return (hash ^ word) &* 0x100_0000_01B3
    }
}
