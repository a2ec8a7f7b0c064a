/// A file that is read as it grows, and that is recognised when it is not the same file any more although its name and
/// inode are.
///
/// Before and after each read the bytes already read are compared in place: the last 512 and the first 4096. A log that was
/// truncated and has grown past its old size is found that way; its size alone would tell nothing.
struct FollowedFile {
    enum Outcome { case end, changed }

    static let chunk = 256 << 10

    let file: OpenFile
    private(set) var offset: UInt64
    /// The biggest size that was seen: what lies between `offset` and it, after a truncation, was never read.
    private(set) var knownSize: UInt64 = 0
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []
    private var headStart: UInt64
    /// What the first bytes must begin with: they were looked at before.
    var expected: [UInt8] = []

    init(_ file: OpenFile, from offset: UInt64 = 0) {
        (self.file, self.offset, headStart) = (file, offset, offset)
    }

    /// Reads to the end, or until `take` answers false.
    mutating func read(_ take: ([UInt8]) -> Bool) throws(LogFault) -> Outcome {
        while true {
            let size = file.size
            guard try isUnchanged() else { return .changed }
            knownSize = max(knownSize, size)
            let bytes = try file.bytes(at: offset, count: FollowedFile.chunk)
            if bytes.isEmpty { return .end }
            guard try isUnchanged() else { return .changed }
            if offset == headStart, !expected.isEmpty, !bytes.starts(with: expected) { return .changed }
            offset += UInt64(bytes.count)
            tail = bytes.count >= 512 ? Array(bytes.suffix(512)) : Array((tail + bytes).suffix(512))
            if head.count < 4096 { head += bytes.prefix(4096 - head.count) }
            if !take(bytes) { return .end }
        }
    }

    private func isUnchanged() throws(LogFault) -> Bool {
        guard !tail.isEmpty else { return true }
        guard try file.bytes(at: offset - UInt64(tail.count), count: tail.count) == tail else { return false }
        return try file.bytes(at: headStart, count: head.count) == head
    }

    /// True when `other` holds, at the same places, what was read of this file: it is a copy of it, perhaps a longer one.
    func isCopied(in other: OpenFile) -> Bool {
        guard !tail.isEmpty, other.size >= offset else { return false }
        let here = try? other.bytes(at: offset - UInt64(tail.count), count: tail.count)
        let start = try? other.bytes(at: headStart, count: head.count)
        return here == tail && start == head
    }

    /// The same file from its start, after it was truncated.
    func restarted() -> FollowedFile { FollowedFile(file) }
}
