/// What a follower of a log says.
public enum LogSourceEvent: Hashable, Sendable {
    /// The file is open; `size` is its length then, in bytes.
    case opened(name: String, size: UInt64)
    /// New lines, in file order. The first batch after `opened` is the tail, or all, of what was there.
    case lines([RawLogLine])
    /// New lines likewise, together: only for a listener that asked for them so.
    case block(LineBlock)
    /// Everything that was there at the start has been delivered.
    case caughtUp
    /// The name now means another file, which is read from its start; the old one was read to its end.
    case rotated
    /// The file became shorter, or was written anew, and is read from its start.
    case truncated
    /// Bytes that no reader could have had: overwritten or deleted before they were read.
    case lost(bytes: UInt64)
    /// Lines may be missing between what came before and what comes now, nobody knows how many: one sentence, why.
    case gap(String)
    /// There will be no more: a command that ended, standard input at its end, a packed file.
    case ended
    /// Cannot be read just now: one sentence, what, why, what to do. Following goes on and recovers by itself.
    case trouble(String)
}
