import NIOCore
import SMTP

/// A whole burst on its event loop: the ledger that all connections share, and the bytes that they send.
final class BurstConductor {
    private static let reportEvery = TimeAmount.milliseconds(250)

    let plan: BurstPlan
    let credentials: Credentials?
    let resolution: Resolution
    let loop: any EventLoop
    let tls: SharedTLSContext
    var ledger: BurstLedger

    private let report: (BurstStatistics, _ isLast: Bool) -> Void
    private let began = NIODeadline.now()
    private var sessions: [BurstSession] = []
    private var open = 0
    private var ticker: Scheduled<Void>?

    init(
        _ plan: BurstPlan, credentials: Credentials?, resolution: Resolution,
        loop: any EventLoop, tls: SharedTLSContext, report: @escaping (BurstStatistics, Bool) -> Void
    ) {
        (self.plan, self.credentials, self.resolution) = (plan, credentials, resolution)
        (self.loop, self.tls, self.report) = (loop, tls, report)
        ledger = BurstLedger(messages: plan.messages)
    }

    /// Nanoseconds since the burst began.
    var now: Int { Int((NIODeadline.now() - began).nanoseconds) }

    private var phrases: BurstPhrases?

    /// What the first connection's EHLO list has made of the plan; the others are taken to be the same server.
    func phrases(after progress: SessionProgress) throws(CommandFault) -> BurstPhrases {
        if let phrases { return phrases }
        let new = try BurstPhrases(plan, progress)
        phrases = new
        return new
    }

    func start() {
        sessions = (0..<min(plan.sessions, plan.messages)).map { _ in BurstSession(self) }
        open = sessions.count
        guard open > 0 else { return report(ledger.statistics, true) }
        scheduleTick()
        for session in sessions { session.connect() }
    }

    func stop() {
        ledger.stop()
        for session in sessions { session.stop() }
    }

    func drop() {
        ledger.stop()
        for session in sessions { session.drop() }
    }

    /// A session has come to its end.
    func sessionEnded() {
        open -= 1
        guard open == 0 else { return }
        ticker?.cancel()
        report(ledger.statistics, true)
        // They hold each other.
        sessions = []
    }

    private func scheduleTick() {
        ticker = loop.assumeIsolated().scheduleTask(in: Self.reportEvery) { [weak self] in self?.tick() }
    }

    private func tick() {
        for session in sessions { session.checkDeadline() }
        guard open > 0 else { return }
        report(ledger.statistics, false)
        scheduleTick()
    }
}
