/// What the kernel told of one name in a directory (inotify(7)).
enum DirectoryEvent: Hashable {
    case created(String)
    case deleted(String)
    /// The two halves of a renaming have the same number.
    case movedAway(String, move: UInt32)
    case movedHere(String, move: UInt32)
    /// More happened than the kernel could keep.
    case overflowed
}
