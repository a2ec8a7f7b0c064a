import Glibc

/// A new file that only its owner can read, written by appending whole pieces.
final class OwnedFile {
    /// What could not be done and why, in words.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        let number: CInt

        init(_ what: String) {
            number = errno
            let reason = unsafe String(cString: strerror(number))
            description = "cannot \(what): \(reason)"
        }
    }

    private let descriptor: CInt

    /// Makes a file that was not there in a folder that is no link.
    init(_ name: String, in folder: String) throws(Fault) {
        let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else { throw Fault("open the folder \(folder)") }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC
        descriptor = unsafe openat(directory, name, flags, 0o600)
        let number = errno
        close(directory)
        errno = number
        guard descriptor >= 0 else { throw Fault("make \(name) in \(folder)") }
    }

    deinit { close(descriptor) }

    /// One `write`: a reader sees the piece or does not.
    func append(_ piece: String) throws(Fault) {
        let bytes = Array(piece.utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0, written < bytes.count { errno = ENOSPC }
        guard written == bytes.count else { throw Fault("write") }
    }

    /// Makes the folder and those above it that are missing, for the owner alone.
    static func makeFolder(_ folder: String) throws(Fault) {
        var path = folder.hasPrefix("/") ? "" : "."
        for name in folder.split(separator: "/") {
            path += "/" + String(name)
            if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw Fault("make the folder \(path)") }
        }
    }
}
