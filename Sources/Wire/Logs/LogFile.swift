import Glibc
import MailLog

/// A whole log from its first to its last byte, once.
public enum LogFile {
    /// True for what cannot be read a second time as it was: standard input, a command's output, the journal.
    public static func isOnce(_ path: String) -> Bool {
        path == "-" || path.hasPrefix("cmd:") || path.hasPrefix("journal:")
    }

    /// True when places in the log are places in the file, so that `LogLines` can find a line again.
    public static func isPlain(_ path: String) -> Bool { !isOnce(path) && unpacker(path) == nil }

    /// Why the file cannot be opened as a log; nothing for what is read once, which only reading shows.
    public static func fault(_ path: String) -> LogFault? {
        if path.hasPrefix("syslog://") { return unsent(path) }
        if isOnce(path) || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/") { return nil }
        do throws(LogFault) {
            _ = try OpenFile(path: path)
            return nil
        } catch {
            return error
        }
    }

    private static func unsent(_ path: String) -> LogFault {
        LogFault("cannot read \(path): nothing is there before it is sent; follow it, or name the file it goes to")
    }

    /// In bytes; 0 when there is no such file.
    public static func size(_ path: String) -> UInt64 { FileFace(path: path)?.size ?? 0 }

    /// In bytes, unpacked: of a `.gz` file as its last four bytes say (RFC 1952 §2.3.1, modulo 4 GiB), of others that are
    /// packed a guess.
    public static func unpackedSize(_ path: String) -> UInt64 {
        let size = size(path)
        guard unpacker(path) != nil else { return size }
        guard path.hasSuffix(".gz"), size > 18, let file = try? OpenFile(path: path),
            let end = try? file.bytes(at: size - 4, count: 4), end.count == 4
        else { return size * 8 }
        return end.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A word for the very file that has this name now, which another one that takes the name does not share.
    public static func identity(_ path: String) -> String? { FileFace(path: path).map { "\($0.identity)" } }

    /// Reads a file, standard input for `-`, a command's output for `cmd:…`, or the system's journal for `journal:` and
    /// `journal:UNIT`, in pieces of up to 256 KiB. What ends in
    /// `.gz`, `.xz`, `.bz2` or `.zst` is unpacked by the program of that format.
    ///
    /// Blocks its thread. A pipe of the shell's is read to its end; a directory, a device or a pipe with a name is refused.
    /// - Parameter body: gets each piece; answers false to stop.
    /// - Throws: `LogFault` with a sentence that says what is wrong and what to do.
    public static func read(path: String, _ body: (Span<UInt8>) -> Bool) throws(LogFault) {
        if path.hasPrefix("cmd:") {
            return try read(["sh", "-c", String(path.dropFirst(4))], "the output of `\(path.dropFirst(4))`", body)
        }
        if path.hasPrefix("journal:") { return try readJournal(String(path.dropFirst(8)), body) }
        if path.hasPrefix("syslog://") { throw unsent(path) }
        let descriptor =
            path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            // A socket cannot be opened at all; say what it is rather than what open() says.
            let code = errno
            if code == ENXIO, let face = FileFace(path: path) { throw LogFault(FileRefusal.sentence(path, face.kind)) }
            throw LogFault(FileRefusal.sentence(path, code))
        }
        defer { close(descriptor) }
        if path != "-", let face = FileFace(descriptor: descriptor), face.kind != .regular {
            // What a shell makes of `<(zcat mail.log.gz)` has its writer; a pipe with a name may never have one.
            guard face.kind == .pipe, path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/") else {
                throw LogFault(FileRefusal.sentence(path, face.kind))
            }
            _ = fcntl(descriptor, F_SETFL, 0)
        }
        if let program = unpacker(path) { return try read([program, "-dc", "--", path], path, body) }
        try read(descriptor, path == "-" ? "standard input" : path, body)
    }

    /// True for the name of a packed file.
    static func isPacked(_ path: String) -> Bool { unpacker(path) != nil }

    private static func readJournal(_ unit: String, _ body: (Span<UInt8>) -> Bool) throws(LogFault) {
        var export = JournalExport()
        try read(JournalCommand.arguments(unit: unit.isEmpty ? nil : unit, follows: false), "the journal") { piece in
            let lines: [UInt8] = export.lines(piece.indices.map { piece[$0] }).flatMap { $0 + [0x0A] }
            return lines.isEmpty || body(lines.span)
        }
    }

    private static func unpacker(_ path: String) -> String? {
        let programs = [".gz": "gzip", ".xz": "xz", ".bz2": "bzip2", ".zst": "zstd"]
        return programs.first { path.hasSuffix($0.key) }?.value
    }

    private static func read(_ arguments: [String], _ name: String, _ body: (Span<UInt8>) -> Bool) throws(LogFault) {
        let child: ChildOutput
        do throws(ChildOutput.ErrorNumber) {
            child = try ChildOutput(arguments)
        } catch {
            throw LogFault(
                "cannot read \(name): \(arguments[0]) cannot be started; install it, or unpack the file first")
        }
        var isWhole = true
        do throws(LogFault) {
            try read(child.descriptor, name) { piece in
                isWhole = body(piece)
                return isWhole
            }
        } catch {
            _ = child.finish()
            throw error
        }
        let status = child.finish()
        if isWhole, status != 0 {
            throw LogFault(
                arguments[0] == "sh"
                    ? "cannot read \(name) to its end: the command ended with status \(status)"
                    : "cannot read \(name) to its end: \(arguments[0]) stopped with status \(status)")
        }
    }

    private static func read(_ descriptor: Int32, _ name: String, _ body: (Span<UInt8>) -> Bool) throws(LogFault) {
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
