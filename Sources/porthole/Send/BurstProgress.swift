import SMTP

/// One line on the error stream that is written again and again while a burst runs.
struct BurstProgress {
    let messages: Int
    let isShown: Bool

    func show(_ statistics: BurstStatistics) {
        guard isShown else { return }
        let rate = Int(statistics.rate)
        var text = "\(statistics.taken) of \(messages) taken, \(rate)/s, \(statistics.refused) refused"
        if let first = statistics.firstTemporary {
            text += ", 4yz since \(BurstReport.seconds(first.at)) s"
        }
        Output.ask("\r\u{1B}[K\(text)")
    }

    func clear() { if isShown { Output.ask("\r\u{1B}[K") } }
}
