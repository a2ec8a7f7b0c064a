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

    /// The formats of which there are more than a few lines, the commonest first.
    var formats: [LogFormat] {
        let all = claims.reduce(0, +)
        return claims.indices.filter { claims[$0] > 0 && claims[$0] * 20 >= all }.sorted { claims[$0] > claims[$1] }
            .map { LogFormat.all[$0] }
    }

    /// Nothing as long as no line was claimed.
    var format: LogFormat? { claims[leader] > 0 ? LogFormat.all[leader] : nil }
}
