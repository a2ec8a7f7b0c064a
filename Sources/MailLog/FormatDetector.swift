/// Counts which format claims the lines of a log: the one that claims most is the log's format.
///
/// It never decides for good: a syslog file may hold the lines of a gateway and of Postfix, and each line goes to the format
/// that claims it, the leading one being asked first.
struct FormatDetector: Sendable {
    private(set) var claims = [Int](repeating: 0, count: LogFormat.all.count)
    private(set) var leader = 0

    /// Lines that no format claims.
    private(set) var foreign = 0

    mutating func claimed(by index: Int, lines: Int = 1) {
        claims[index] += lines
        if claims[index] > claims[leader] { leader = index }
    }

    mutating func unclaimed() { foreign += 1 }

    /// Nothing as long as no line was claimed.
    var format: LogFormat? { claims[leader] > 0 ? LogFormat.all[leader] : nil }
}
