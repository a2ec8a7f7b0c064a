/// Writes the background traffic: a history at once, then more as time goes by.
struct BackgroundTeller: Sendable {
    let log: LabLog
    let counters: LabCounters
    let stories: StoryTeller
    /// Lines a second, on average; 0 for none.
    let rate: Double
    private var traffic: BackgroundTraffic

    init(_ log: LabLog, _ counters: LabCounters, _ stories: StoryTeller, seed: UInt64, rate: Double) {
        (self.log, self.counters, self.stories, self.rate) = (log, counters, stories, rate)
        traffic = BackgroundTraffic(seed: seed)
    }

    /// Writes what happened up to `end`: about `count` lines, interleaved as they were.
    mutating func writeHistory(_ count: Int, until end: LabTime) {
        var lines: [(at: Double, episode: Int, line: LogLine)] = []
        var begin = 0.0
        var episode = 0
        while lines.count < count {
            let steps = traffic.episode(freeMIDs: counters.freeMIDs - episode)
            var at = begin
            for step in steps {
                at += step.after
                lines.append((at, episode, step.line))
            }
            begin += gap(steps.count, rate: max(rate, 0.5))
            episode += 1
        }
        let sorted = lines.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        let last = sorted.last?.at ?? 0
        var slots: [Int: LogSlots] = [:]
        log.begin(at: end.advanced(bySeconds: -last - 60))
        for (at, episode, line) in sorted {
            log.write(line, &slots[episode, default: LogSlots()], at: end.advanced(bySeconds: at - last))
        }
    }

    /// Goes on until the task is cancelled.
    mutating func run(pause: @Sendable (Duration) async throws -> Void) async {
        guard rate > 0 else { return }
        while !Task.isCancelled {
            let steps = traffic.episode(freeMIDs: counters.freeMIDs)
            stories.tell(steps, LogSlots())
            let seconds = gap(steps.count, rate: rate)
            guard (try? await pause(.milliseconds(Int(seconds * 1000)))) != nil else { return }
        }
    }

    /// Seconds from one connection to the next.
    private mutating func gap(_ lines: Int, rate: Double) -> Double { Double(lines) / rate * traffic.unevenness() }
}
