import Glibc

/// The rotated files beside a log: `mail.log.1`, `mail.log-20260202`.
enum SiblingFiles {
    struct Sibling {
        var path: String
        /// The number behind the name, when it ends in one.
        var number: UInt64?
        var face: FileFace
    }

    /// Plain files whose name is the log's with something behind it, in the order of their last change. Packed ones are left out.
    static func beside(_ path: String, changedSince: Int64) -> [Sibling] {
        let (directory, base) = split(path)
        guard let stream = unsafe opendir(directory) else { return [] }
        defer { unsafe closedir(stream) }
        var found: [Sibling] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name.hasPrefix(base), name.count > base.count, !name.hasSuffix(".gz"),
                [".", "-"].contains(name.dropFirst(base.count).first),
                let face = FileFace(path: "\(directory)/\(name)"),
                face.kind == .regular, face.modified >= changedSince
            else { continue }
            let number = UInt64(name.dropFirst(base.count + 1))
            found.append(Sibling(path: "\(directory)/\(name)", number: number, face: face))
        }
        return found.sorted { ($0.face.modified, $0.number ?? 0) < ($1.face.modified, $1.number ?? 0) }
    }

    /// Puts files that were rotated after `oldest` into the order in which they were written: the time stamps of a file
    /// system are too coarse for quick rotations, but numbers either all grow with age or all shrink.
    static func inWritingOrder(_ siblings: [Sibling], after oldest: FileFace.Identity, among all: [Sibling])
        -> [Sibling]
    {
        guard let mark = all.first(where: { $0.face.identity == oldest })?.number,
            siblings.allSatisfy({ $0.number != nil })
        else { return siblings }
        if siblings.allSatisfy({ ($0.number ?? 0) > mark }) {
            return siblings.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
        }
        if siblings.allSatisfy({ ($0.number ?? 0) < mark }) {
            return siblings.sorted { ($0.number ?? 0) > ($1.number ?? 0) }
        }
        return siblings
    }

    static func split(_ path: String) -> (directory: String, base: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = path[..<slash]
        return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
    }
}
