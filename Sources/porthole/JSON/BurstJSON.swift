import MailVocabulary
import SMTP

/// The statistics of a burst as JSON, version 1. Times are milliseconds with three decimals, `after` seconds since the start.
struct BurstJSON: Encodable {
    struct Stage: Encodable {
        let stage: String
        let replies: Int
        let codes: [String: Int]
        let minMs: Double
        let medianMs: Double
        let p90Ms: Double
        let p99Ms: Double
        let maxMs: Double
    }

    struct Refusal: Encodable {
        let stage: String
        let code: Int
        let text: String
        let message: Int
        let after: Double

        init(_ refusal: BurstStatistics.Refusal) {
            (stage, code, text) = (refusal.stage.rawValue, refusal.code.value, refusal.text)
            (message, after) = (refusal.message, BurstJSON.rounded(refusal.at, 1_000_000) / 1000)
        }
    }

    struct Second: Encodable {
        let taken: Int
        let temporary: Int
        let permanent: Int
    }

    let version = 1
    let target: String
    let exit: Int32
    let outcome: String
    let sessions: Int
    let messages: Int
    let isPipelined: Bool
    let isReconnecting: Bool
    let seconds: Double
    let rate: Double
    let taken: Int
    let refused: Int
    let broken: Int
    let unknown: Int
    let notBegun: Int
    let connections: Int
    let connectionFailures: [String: Int]
    let stages: [Stage]
    let firstRefusals: [Refusal]
    let firstTemporary: Refusal?
    let perSecond: [Second]

    init(_ statistics: BurstStatistics, of burst: BurstPlan, exit status: ExitStatus) {
        target = burst.session.target.typed
        (exit, outcome) = (status.rawValue, "\(status)")
        (sessions, messages) = (burst.sessions, burst.messages)
        (isPipelined, isReconnecting) = (burst.session.pipelines, burst.reconnects)
        seconds = Self.rounded(statistics.elapsed, 1_000_000) / 1000
        rate = (statistics.rate * 10).rounded() / 10
        (taken, refused) = (statistics.taken, statistics.refused)
        (broken, unknown) = (statistics.broken, statistics.unknown)
        notBegun = burst.messages - statistics.begun
        (connections, connectionFailures) = (statistics.connections, statistics.failures)
        stages = BurstReport.ordered(statistics).map { stage, replies in
            let times = replies.times
            return Stage(
                stage: stage.rawValue, replies: times.count,
                codes: Dictionary(replies.codes.map { ("\($0.code)", $0.count) }) { $0 + $1 },
                minMs: Self.milliseconds(times.shortest), medianMs: Self.milliseconds(times.quantile(0.5) ?? 0),
                p90Ms: Self.milliseconds(times.quantile(0.9) ?? 0), p99Ms: Self.milliseconds(times.quantile(0.99) ?? 0),
                maxMs: Self.milliseconds(times.longest))
        }
        firstRefusals = BurstReport.ordered(statistics.firstRefusals).map { Refusal($0) }
        firstTemporary = statistics.firstTemporary.map { Refusal($0) }
        perSecond = statistics.seconds.map {
            Second(taken: $0.taken, temporary: $0.temporary, permanent: $0.permanent)
        }
    }

    private static func milliseconds(_ nanoseconds: Int) -> Double { rounded(nanoseconds, 1000) / 1000 }

    fileprivate static func rounded(_ nanoseconds: Int, _ unit: Int) -> Double {
        (Double(nanoseconds) / Double(unit)).rounded()
    }
}
