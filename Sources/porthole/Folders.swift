import Glibc

/// Where the program keeps things, by the XDG base directories.
enum Folders {
    /// `$XDG_STATE_HOME/porthole/sessions`, or `nil` when there is no home to keep it in.
    static var sessions: String? { base("XDG_STATE_HOME", ".local/state").map { $0 + "/porthole/sessions" } }

    /// `$XDG_CONFIG_HOME/porthole`.
    static var configuration: String? { base("XDG_CONFIG_HOME", ".config").map { $0 + "/porthole" } }

    /// `$XDG_CONFIG_HOME/porthole/config.toml`.
    static var preferences: String? { configuration.map { $0 + "/config.toml" } }

    /// `$XDG_STATE_HOME/porthole`.
    static var state: String? { base("XDG_STATE_HOME", ".local/state").map { $0 + "/porthole" } }

    private static func base(_ variable: String, _ fallback: String) -> String? {
        if let folder = Environment[variable], folder.hasPrefix("/") { return folder }
        guard let home = Environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/" + fallback
    }
}

/// Writing a file that was not there.
enum NewFile {
    struct Fault: Error, CustomStringConvertible { let description: String }

    /// Creates `path`, or where nobody chose that name the next free one of its kind: `report-2.md`.
    /// - Returns: the path that was written.
    static func write(_ text: String, to path: String, isChosen: Bool) throws -> String {
        var name = path
        var number = 2
        while !isChosen, unsafe access(name, F_OK) == 0, number < 1000 {
            let dot = path.lastIndex(of: ".") ?? path.endIndex
            name = "\(path[..<dot])-\(number)\(path[dot...])"
            number += 1
        }
        try write(text, to: name)
        return name
    }

    /// Creates `path` with mode 0600.
    /// - Throws: `Fault`; an existing file is never overwritten.
    static func write(_ text: String, to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let why = errno == EEXIST ? "it is there already; give another name" : SystemCall.reason
            throw Fault(description: "cannot write \(path): \(why)")
        }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Fault(description: "cannot write \(path): \(SystemCall.reason)") }
            bytes = bytes.dropFirst(count)
        }
    }
}
