import Glibc

/// Says in one sentence why a file cannot be read, and what to do about it.
enum FileRefusal {
    static func sentence(_ path: String, _ code: Int32) -> String {
        let what: String
        switch code {
        case ENOENT: what = "there is no such file; check the path"
        case EACCES: what = denied(path)
        case ELOOP: what = "its symbolic links go round in a circle; point the link at the log"
        case ENOTDIR: what = "a part of the path is not a directory; check the path"
        case EMFILE, ENFILE: what = "too many files are open; close some, or raise `ulimit -n`"
        case EIO, ESTALE: what = "the disk or the network file system fails (\(words(code))); look at the system's log"
        default: what = words(code)
        }
        return "cannot read \(path): \(what)"
    }

    /// For what exists and is not a plain file.
    static func sentence(_ path: String, _ kind: FileFace.Kind) -> String {
        let what: String
        switch kind {
        case .directory: what = "it is a directory; name a file in it"
        case .pipe: what = "it is a pipe; feed it to standard input with -"
        case .socket: what = "it is a socket; name the file that syslog writes"
        case .device: what = "it is a device; name a file"
        case .regular, .other: what = "it is not a plain file; name a file"
        }
        return "cannot read \(path): \(what)"
    }

    static func words(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        let words = unsafe String(cString: text)
        return words.prefix(1).lowercased() + words.dropFirst()
    }

    private static func denied(_ path: String) -> String {
        guard let face = FileFace(path: path) else {
            return "permission denied on the way to it; run as a user who may enter its directory"
        }
        let owner = name(ofUser: face.owner)
        let facts = "permission denied (owner \(owner), mode \(String(face.mode & 0o777, radix: 8)))"
        if face.mode & 0o040 != 0 { return "\(facts); run as a member of \(name(ofGroup: face.group))" }
        return "\(facts); run as \(owner)"
    }

    private static func name(ofUser id: UInt32) -> String {
        guard let entry = unsafe getpwuid(id) else { return "\(id)" }
        return unsafe String(cString: entry.pointee.pw_name)
    }

    private static func name(ofGroup id: UInt32) -> String {
        guard let entry = unsafe getgrgid(id) else { return "group \(id)" }
        return unsafe String(cString: entry.pointee.gr_name)
    }
}
