import Glibc

/// A whole log from its first to its last byte, once.
public enum LogFile {
    /// Reads a file, or standard input for `-`, in pieces of up to 256 KiB.
    ///
    /// Blocks its thread. A pipe is read to its end, a directory or a device is refused.
    /// - Parameter body: gets each piece; answers false to stop.
    /// - Throws: `LogFault` with a sentence that says what is wrong and what to do.
    public static func read(path: String, _ body: (Span<UInt8>) -> Bool) throws(LogFault) {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LogFault(FileRefusal.sentence(path, errno)) }
        defer { close(descriptor) }
        let name = path == "-" ? "standard input" : path
        if let face = FileFace(descriptor: descriptor), path != "-", face.kind != .regular, face.kind != .pipe {
            throw LogFault(FileRefusal.sentence(path, face.kind))
        }
        var buffer = [UInt8](repeating: 0, count: FollowedFile.chunk)
        while true {
            let got = unsafe Glibc.read(descriptor, &buffer, FollowedFile.chunk)
            if got == 0 { return }
            if got < 0 {
                if errno == EINTR { continue }
                throw LogFault(FileRefusal.sentence(name, errno))
            }
            if !body(buffer.span.extracting(0..<got)) { return }
        }
    }
}
