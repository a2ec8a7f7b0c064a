import MailLog

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
    /// Files that lost the name while they were being opened: the name is free, or is given away again too quickly.
    private var passed: [OpenFile] = []
    private var history: NameHistory

    /// - Parameter name: of the log, without its directory.
    init(to name: String) { history = NameHistory(of: name) }

    /// Opens the first file.
    /// - Throws: when there is none, or it cannot be read.
    mutating func first(_ path: String, _ watch: FileWatch) throws(LogFault) -> OpenFile {
        _ = history.note(watch.news())
        let file: OpenFile
        do throws(LogFault) { file = try OpenFile(path: path) } catch {
            if FileFace(path: path) == nil { history.settleWithout(others: 0) }
            throw error
        }
        if history.note(watch.news()) { history.openedInDoubt() } else { history.settle(others: 0) }
        return file
    }

    /// Looks what the name means now.
    /// - Returns: the file that has the name, when it is a new one.
    /// - Throws: when it means something that cannot be opened.
    mutating func notice(_ path: String, after current: OpenFile, since: Int64, _ read: ReadFiles, _ watch: FileWatch)
        throws(LogFault) -> OpenFile?
    {
        let last = waiting.last?.file ?? current
        // What was found out counts only if the name still means the same file after it.
        for _ in 0..<100 {
            _ = history.note(watch.news())
            let now = FileFace(path: path)?.identity
            if passed.isEmpty, now == nil || now == last.identity {
                if history.note(watch.news()) { continue }
                if now == nil { history.settleWithout(others: 0) } else { history.settle(others: 0) }
                return nil
            }
            let next = now == nil ? nil : try OpenFile(path: path)
            let beside = SiblingFiles.beside(path, changedSince: since)
            if history.note(watch.news()) || FileFace(path: path)?.identity != next?.identity {
                if let next, next.identity != last.identity { passed.append(next) }
                continue
            }
            return succeed(next, before(next, after: current, last, beside, read))
        }
        return nil
    }

    /// Opens what had the name between the last file and the next one.
    private mutating func before(
        _ next: OpenFile?, after current: OpenFile, _ last: OpenFile, _ beside: [SiblingFiles.Sibling],
        _ read: ReadFiles
    ) -> [OpenFile] {
        var known = Set(waiting.flatMap { [$0.file.identity] + $0.before.map { $0.identity } })
        known.formUnion([current.identity, (next ?? current).identity])
        let missed = beside.filter { !known.contains($0.face.identity) && !read.contains($0) }
        var before: [OpenFile] = []
        for sibling in SiblingFiles.inWritingOrder(missed, after: last.identity, among: beside) {
            if let file = try? OpenFile(path: sibling.path), file.identity == sibling.face.identity {
                before.append(file)
            }
        }
        known.formUnion(before.map { $0.identity })
        for file in passed where known.insert(file.identity).inserted { before.append(file) }
        passed = []
        return before
    }

    /// - Parameter next: nothing when the name is free: the last file that had it is the next one to read then.
    private mutating func succeed(_ next: OpenFile?, _ before: [OpenFile]) -> OpenFile? {
        if next == nil { history.settleWithout(others: before.count) } else { history.settle(others: before.count) }
        guard let file = next ?? before.last else { return nil }
        waiting.append(Successor(file: file, before: next == nil ? before.dropLast() : before))
        return next
    }

    /// What came and went unread and has to be said, once: it leaves no other trace.
    mutating func takeLosses(of path: String) -> [LogSourceEvent] {
        let news = history.takeNews()
        var losses: [LogSourceEvent] = []
        if news.missed == 1 {
            losses.append(.gap("a file that was \(path) came and went before anybody could read it"))
        } else if news.missed > 1 {
            losses.append(.gap("\(news.missed) files that were \(path) came and went before anybody could read them"))
        }
        if news.isIncomplete {
            losses.append(
                .gap(
                    "more happened beside \(path) than the kernel could tell: files that came and went may be missing here"
                ))
        }
        return losses
    }

    /// The next file to read. One that is empty has to wait, because its writer may not have left the old one yet.
    var next: Successor? {
        guard let first = waiting.first, waiting.count > 1 || !first.before.isEmpty || first.file.size > 0 else {
            return nil
        }
        return first
    }

    /// The next file is the one that is being read now.
    mutating func advance() { waiting.removeFirst() }
}
