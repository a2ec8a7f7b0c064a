import Glibc

/// An open plain file; closed with its last reference.
final class OpenFile {
    let descriptor: Int32
    let identity: FileFace.Identity

    /// Opens without ever waiting: a pipe or a device is looked at and refused.
    init(path: String) throws(LogFault) {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // A socket cannot be opened at all; say what it is rather than what open() says.
            let code = errno
            if code == ENXIO, let face = FileFace(path: path) {
                throw LogFault(FileRefusal.sentence(path, face.kind))
            }
            throw LogFault(FileRefusal.sentence(path, code))
        }
        guard let face = FileFace(descriptor: descriptor) else {
            let code = errno
            close(descriptor)
            throw LogFault(FileRefusal.sentence(path, code))
        }
        guard face.kind == .regular else {
            close(descriptor)
            throw LogFault(FileRefusal.sentence(path, face.kind))
        }
        (self.descriptor, identity) = (descriptor, face.identity)
    }

    deinit { close(descriptor) }

    var size: UInt64 { FileFace(descriptor: descriptor)?.size ?? 0 }

    /// Up to `count` bytes at `offset`; fewer at the end of the file.
    /// - Throws: when the file system fails.
    func bytes(at offset: UInt64, count: Int) throws(LogFault) -> [UInt8] {
        var code: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe pread(
                    descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset) + off_t(filled))
                if got > 0 {
                    filled += got
                } else if got == 0 || errno != EINTR {
                    code = got < 0 ? errno : 0
                    break
                }
            }
        }
        if code != 0, bytes.isEmpty { throw LogFault("cannot read on: \(FileRefusal.words(code))") }
        return bytes
    }
}
