import Glibc

/// A private folder for one run of the lab, 0700, below the folder for temporary files.
struct LabFolder: Sendable {
    let path: String

    /// - Throws: `LabFailure` with the system's reason.
    init() throws {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/porthole-lab-\(String(repeating: "X", count: 6))".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer { room in
            unsafe room.baseAddress.map { unsafe mkdtemp($0) } != nil
        }
        guard isMade else { throw LabFailure.system("cannot make a folder in \(base)") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Writes a small file, 0600.
    /// - Throws: `LabFailure` with the system's reason.
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(path)/\(name)"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LabFailure.system("cannot write \(path)") }
        defer { _ = close(descriptor) }
        let bytes = Array(text.utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw LabFailure.system("cannot write \(path)") }
        return path
    }

    /// Removes the files that the lab has made, and the folder if nothing else is in it.
    func remove(_ files: [String]) {
        for file in files { _ = unsafe unlink(file) }
        _ = unsafe rmdir(path)
    }
}
