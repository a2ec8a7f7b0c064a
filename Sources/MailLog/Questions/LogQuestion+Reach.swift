extension LogQuestion {
    /// So many seconds before the moment that a question begins at, something that has its lines behind it may have begun.
    private static let margin: Int64 = 3600

    /// Whether the lines from before a log's first stamp are needed for the answer: the question has no beginning, or one that
    /// is before that stamp or shortly after it.
    /// - Parameter newest: the stamp of the log's last line.
    public func reaches(beyond first: Timestamp, newest: Timestamp) -> Bool {
        begins(before: first, newest: newest, margin: LogQuestion.margin)
    }

    /// Whether the question's beginning is before a log's first stamp.
    /// - Parameter margin: seconds by which it counts as earlier than it is.
    public func begins(before first: Timestamp, newest: Timestamp, margin: Int64 = 0) -> Bool {
        guard let since else { return true }
        let start = since.start(in: LogWindow(from: first, to: newest))
        let wanted = Timestamp.age(of: start, newest: newest)
        return wanted + margin > Timestamp.age(of: first.seconds, newest: newest)
    }
}
