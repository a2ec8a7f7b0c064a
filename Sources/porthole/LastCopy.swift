import Glibc

/// What was copied last, for terminals that do not take it: `$XDG_STATE_HOME/porthole/last-copy.txt`.
enum LastCopy {
    /// Writes the text; what was copied before is gone.
    /// - Throws: `NewFile.Fault`.
    static func keep(_ text: String) throws -> String {
        guard let folder = Folders.state else {
            throw NewFile.Fault(description: "no folder to keep it in: set XDG_STATE_HOME or HOME")
        }
        let path = folder + "/last-copy.txt"
        for end in folder.indices where folder[end] == "/" && end != folder.startIndex {
            _ = unsafe mkdir(String(folder[..<end]), 0o700)
        }
        _ = unsafe mkdir(folder, 0o700)
        // A new file in the place of the old one: a link that somebody put there is replaced, not followed.
        let draft = path + ".new"
        _ = unsafe unlink(draft)
        try NewFile.write(text + "\n", to: draft)
        guard unsafe rename(draft, path) == 0 else {
            throw NewFile.Fault(description: "cannot write \(path): \(SystemCall.reason)")
        }
        return path
    }
}
