/// A place in a log where lines may be missing: lost before anybody could read them, or written while nobody listened.
public struct LogGap: Hashable, Sendable {
    /// Of the first line after it.
    public internal(set) var ordinal: Int
    /// One sentence: what happened.
    public let sentence: String
}
