/// The files that took over a log's name while an older one is still being read.
///
/// Each is opened as soon as it is noticed, and so are the files beside it that nobody has read: an open file can be read to
/// its end even when it is renamed, packed and deleted meanwhile.
struct Succession {
    struct Successor {
        var file: OpenFile
        /// Files that had the name between two looks, in the order in which they were written.
        var before: [OpenFile]
    }

    private(set) var waiting: [Successor] = []

    /// Looks what the name means now.
    /// - Throws: when it means something that cannot be opened.
    mutating func notice(_ path: String, after current: OpenFile, since: Int64, _ read: ReadFiles) throws(LogFault)
        -> OpenFile?
    {
        let last = waiting.last?.file ?? current
        guard let now = FileFace(path: path), now.identity != last.identity else { return nil }
        var passed: [OpenFile] = []
        // The list of siblings counts only if the name still means the same file after it.
        for _ in 0..<100 {
            let next = try OpenFile(path: path)
            let beside = SiblingFiles.beside(path, changedSince: since)
            guard FileFace(path: path)?.identity == next.identity else {
                passed.append(next)
                continue
            }
            var known = Set(waiting.flatMap { [$0.file.identity] + $0.before.map { $0.identity } })
            known.formUnion([current.identity, next.identity])
            let missed = beside.filter { !known.contains($0.face.identity) && !read.contains($0) }
            var before: [OpenFile] = []
            for sibling in SiblingFiles.inWritingOrder(missed, after: last.identity, among: beside) {
                if let file = try? OpenFile(path: sibling.path), file.identity == sibling.face.identity {
                    before.append(file)
                }
            }
            known.formUnion(before.map { $0.identity })
            for file in passed where known.insert(file.identity).inserted { before.append(file) }
            waiting.append(Successor(file: next, before: before))
            return next
        }
        return nil
    }

    /// The next file to read. One that is empty has to wait, because its writer may not have left the old one yet.
    mutating func next() -> Successor? {
        guard let first = waiting.first, waiting.count > 1 || !first.before.isEmpty || first.file.size > 0 else {
            return nil
        }
        return waiting.removeFirst()
    }
}
