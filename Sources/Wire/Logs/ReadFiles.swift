/// What a follower has read already, so that nothing is given out twice under another name.
struct ReadFiles {
    /// Files that were read, with their first bytes, because the number of a deleted file is used again.
    private var heads: [FileFace.Identity: [UInt8]] = [:]
    /// The latest of them, to know their copies by.
    private var latest: [FollowedFile] = []

    var last: FileFace.Identity? { latest.last?.file.identity }

    func contains(_ sibling: SiblingFiles.Sibling) -> Bool {
        guard let head = heads[sibling.face.identity] else { return false }
        guard let file = try? OpenFile(path: sibling.path) else { return true }
        return (try? file.bytes(at: 0, count: head.count)) == head
    }

    /// True when the file holds, and perhaps more than, what was read of another one.
    func containsCopied(_ file: OpenFile) -> Bool { latest.contains { $0.isCopied(in: file) } }

    /// The file is being read.
    mutating func begin(_ file: OpenFile) { heads[file.identity] = [] }

    /// The file need not be read.
    mutating func insert(_ file: OpenFile) {
        heads[file.identity] = (try? file.bytes(at: 0, count: 4096)) ?? []
        if heads.count > 512, let stranger = heads.keys.first(where: { $0 != file.identity }) { heads[stranger] = nil }
    }

    /// The file was read to its end.
    mutating func insert(_ followed: FollowedFile) {
        insert(followed.file)
        latest.append(followed)
        if latest.count > 8 { latest.removeFirst() }
    }
}
