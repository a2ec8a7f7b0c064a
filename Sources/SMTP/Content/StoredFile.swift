/// A file of a message that is read piece by piece as it goes out, and what its survey found before anybody was spoken to.
public struct StoredFile: Hashable, Sendable {
    /// Where it is read; the shell's business.
    public let path: String
    /// As a sentence names it.
    public let name: String
    /// What the file was when it was surveyed. One that is another by now, is not sent: its survey would no longer be true.
    public let state: State
    /// Every line gets CRLF at its end on the way out, and the survey is of that.
    public let makesCRLF: Bool
    public let survey: ContentSurvey

    /// What tells that a file has been changed.
    public struct State: Hashable, Sendable {
        /// Octets on the disk.
        public var size: Int
        /// Since 1970, of the last change to its octets.
        public var nanoseconds: Int
        public var inode: UInt64

        public init(size: Int, nanoseconds: Int, inode: UInt64) {
            (self.size, self.nanoseconds, self.inode) = (size, nanoseconds, inode)
        }
    }

    /// - Parameter name: `nil` for a file that is named by its path.
    public init(path: String, name: String? = nil, state: State, makesCRLF: Bool, survey: ContentSurvey) {
        (self.path, self.name) = (path, name ?? path)
        (self.state, self.makesCRLF, self.survey) = (state, makesCRLF, survey)
    }
}
