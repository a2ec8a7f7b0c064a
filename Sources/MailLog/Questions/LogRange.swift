/// The stretch of time that a question is about, on the log's own clock.
struct LogRange {
    private let newest: Timestamp
    /// Ages in seconds before the newest line.
    private let oldest: Int64
    private let youngest: Int64

    init(_ question: LogQuestion, newest: Timestamp) {
        self.newest = newest
        oldest = question.since.map { Timestamp.age(of: $0.seconds(newest: newest), newest: newest) } ?? .max
        youngest = question.until.map { Timestamp.age(of: $0.seconds(newest: newest), newest: newest) } ?? .min
    }

    func contains(_ seconds: Int64) -> Bool {
        let age = Timestamp.age(of: seconds, newest: newest)
        return age <= oldest && age > youngest
    }
}
