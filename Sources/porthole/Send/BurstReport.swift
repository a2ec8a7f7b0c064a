import MailVocabulary
import SMTP

/// The statistics of a burst as lines to read.
enum BurstReport {
    static func lines(_ statistics: BurstStatistics, of burst: BurstPlan) -> [String] {
        var lines = [
            "\(statistics.taken) of \(burst.messages) messages taken in \(seconds(statistics.elapsed)) s, "
                + "\(Int(statistics.rate.rounded())) a second, over \(min(burst.sessions, burst.messages)) sessions"
                + (burst.reconnects ? ", one connection each" : "")
                + (burst.session.pipelines ? ", pipelined" : ""),
            "\(statistics.refused) refused, \(statistics.broken) broken off before the final dot, "
                + "\(statistics.unknown) of unknown outcome, \(burst.messages - statistics.begun) not begun; "
                + "\(statistics.connections) connections",
            "",
            row("stage", ["replies", "min ms", "median", "p90", "p99", "max"], "codes"),
        ]
        for (stage, replies) in ordered(statistics) {
            let times = replies.times
            let cells = [times.shortest, times.quantile(0.5), times.quantile(0.9), times.quantile(0.99), times.longest]
            let codes = replies.codes.map { "\($0.code) × \($0.count)" }.joined(separator: ", ")
            lines.append(row(stage.rawValue, ["\(times.count)"] + cells.map { milliseconds($0 ?? 0) }, codes))
        }
        lines += refusals(statistics) + rates(statistics)
        lines += statistics.failures.sorted { $0.key < $1.key }.map { "connection: \($0.key) × \($0.value)" }
        return lines
    }

    /// Stages in the order of a session.
    static func ordered(_ statistics: BurstStatistics) -> [(stage: SessionStage, replies: BurstStatistics.Stage)] {
        SessionStage.allCases.compactMap { stage in statistics.stages[stage].map { (stage, $0) } }
    }

    static func ordered(_ refusals: [SessionStage: BurstStatistics.Refusal]) -> [BurstStatistics.Refusal] {
        refusals.values.sorted { $0.at < $1.at }
    }

    private static func refusals(_ statistics: BurstStatistics) -> [String] {
        var lines = ordered(statistics.firstRefusals).map { refusal in
            "first refusal at \(refusal.stage.rawValue): message \(refusal.message), after \(seconds(refusal.at)) s: "
                + refusal.text
        }
        if let first = statistics.firstTemporary {
            lines.append("4yz began with message \(first.message), after \(seconds(first.at)) s")
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// What each second brought, where there is more than one.
    private static func rates(_ statistics: BurstStatistics) -> [String] {
        guard statistics.seconds.count > 1 else { return [] }
        return ["", "second: taken, 4yz, 5yz"]
            + statistics.seconds.prefix(120).enumerated().map { number, second in
                "\(number): \(second.taken), \(second.temporary), \(second.permanent)"
            }
            + (statistics.seconds.count > 120
                ? ["… \(statistics.seconds.count - 120) seconds more; --json has all"] : [])
    }

    private static func row(_ name: String, _ cells: [String], _ end: String) -> String {
        let padded = cells.map { String(repeating: " ", count: max(0, 9 - $0.count)) + $0 }.joined()
        return name + String(repeating: " ", count: max(1, 9 - name.count)) + padded + "  " + end
    }

    static func milliseconds(_ nanoseconds: Int) -> String {
        let micro = (nanoseconds + 500) / 1000
        let rest = "\(micro % 1000)"
        return "\(micro / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    static func seconds(_ nanoseconds: Int) -> String { milliseconds(nanoseconds / 1000) }
}
