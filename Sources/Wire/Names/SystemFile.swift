import Glibc

/// A small file of the system's configuration.
enum SystemFile {
    /// Bytes that are read at most.
    static let limit = 1 << 20

    /// The text, invalid UTF-8 replaced.
    ///
    /// - Throws: `SystemFileFault` with the path and the system's reason.
    static func text(_ path: String) throws(SystemFileFault) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemFileFault(path: path, code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while bytes.count < limit {
            // The buffer lives for the call only.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw SystemFileFault(path: path, code: errno) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Why a file could not be read.
struct SystemFileFault: Error, Equatable, CustomStringConvertible {
    var path: String
    /// The errno of the system.
    var code: Int32

    var description: String {
        switch code {
        case ENOENT: "\(path) does not exist"
        case EACCES, EPERM: "\(path) may not be read: permission denied"
        case EISDIR: "\(path) is a directory"
        default: "\(path) cannot be read: system error \(code)"
        }
    }
}
