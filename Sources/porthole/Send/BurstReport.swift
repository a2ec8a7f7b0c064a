import Canvas
import MailVocabulary
import SMTP

/// The statistics of a burst as lines to read.
enum BurstReport {
    static func lines(_ statistics: BurstStatistics, of burst: BurstPlan, _ say: PlainWords) -> [String] {
        let (all, sessions) = (burst.messages, min(burst.sessions, burst.messages))
        let connections: Phrase = burst.reconnects ? ", one connection each" : ""
        let order: Phrase = burst.session.pipelines ? ", pipelined" : ""
        let rate = Int(statistics.rate.rounded())
        let taken: Phrase =
            "\(statistics.taken) of \(all) messages taken in \(seconds(statistics.elapsed)) s, \(rate) a second, "
            + "over \(sessions) sessions\(connections)\(order)"
        let others: Phrase =
            "\(statistics.refused) refused, \(statistics.broken) broken off before the final dot, "
            + "\(statistics.unknown) of unknown outcome, \(all - statistics.begun) not begun; "
            + "\(statistics.connections) connections"
        let heads: [Phrase] = ["replies", "min ms", "median", "p90", "p99", "longest"]
        var lines = [say(taken), say(others), "", row(say("stage"), heads.map { say($0) }, say("codes"))]
        for (stage, replies) in ordered(statistics) {
            let times = replies.times
            let cells = [times.shortest, times.quantile(0.5), times.quantile(0.9), times.quantile(0.99), times.longest]
            let codes = replies.codes.map { "\($0.code) × \($0.count)" }.joined(separator: ", ")
            lines.append(row(stage.rawValue, ["\(times.count)"] + cells.map { milliseconds($0 ?? 0) }, codes))
        }
        lines += refusals(statistics, say) + rates(statistics, say)
        lines += statistics.failures.sorted { $0.key < $1.key }.map {
            say("connection: \(Phrase(said: $0.key)) × \($0.value)")
        }
        return lines
    }

    /// Stages in the order of a session.
    static func ordered(_ statistics: BurstStatistics) -> [(stage: SessionStage, replies: BurstStatistics.Stage)] {
        SessionStage.allCases.compactMap { stage in statistics.stages[stage].map { (stage, $0) } }
    }

    static func ordered(_ refusals: [SessionStage: BurstStatistics.Refusal]) -> [BurstStatistics.Refusal] {
        refusals.values.sorted { $0.at < $1.at }
    }

    private static func refusals(_ statistics: BurstStatistics, _ say: PlainWords) -> [String] {
        var lines = ordered(statistics.firstRefusals).map { refusal in
            let (stage, number, time) = (refusal.stage.rawValue, refusal.message, seconds(refusal.at))
            return say("first refusal at \(stage): message \(number), after \(time) s: \(refusal.text)")
        }
        if let first = statistics.firstTemporary {
            lines.append(say("4yz began with message \(first.message), after \(seconds(first.at)) s"))
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// What each second brought, where there is more than one.
    private static func rates(_ statistics: BurstStatistics, _ say: PlainWords) -> [String] {
        guard statistics.seconds.count > 1 else { return [] }
        return ["", say("second: taken, 4yz, 5yz")]
            + statistics.seconds.prefix(120).enumerated().map { number, second in
                "\(number): \(second.taken), \(second.temporary), \(second.permanent)"
            }
            + (statistics.seconds.count > 120
                ? [say("… \(statistics.seconds.count - 120) seconds more; --json has all")] : [])
    }

    private static func row(_ name: String, _ cells: [String], _ end: String) -> String {
        let padded = cells.map { String(repeating: " ", count: max(0, 9 - PrintableText(untrusted: $0).width)) + $0 }
        return (name + " ").padded(toColumns: 9) + padded.joined() + "  " + end
    }

    static func milliseconds(_ nanoseconds: Int) -> String {
        let micro = (nanoseconds + 500) / 1000
        let rest = "\(micro % 1000)"
        return "\(micro / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    static func seconds(_ nanoseconds: Int) -> String { milliseconds(nanoseconds / 1000) }
}
