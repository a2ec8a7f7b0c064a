import Dashboard
import MailVocabulary
import Runtime
import SMTP
import Wire

/// Bursts over real sockets, for the dashboard and for `porthole send --sessions`.
struct LiveBursts: Sendable {
    let lookup: NameLookup
    let caFile: String?

    /// Where a burst would go: the addresses that the plan allows.
    func locate(_ plan: SessionPlan) async -> BurstEvent {
        if plan.target.socketPath != nil { return .located(Resolution()) }
        var found = await LiveEngines.resolve(plan.target, lookup)
        if let failure = found.failure { return .failed("\(plan.target.name): \(failure.words)") }
        for index in found.candidates.indices {
            found.candidates[index].addresses.removeAll { !plan.connection.allows($0) }
        }
        guard found.candidates.contains(where: { !$0.addresses.isEmpty }) else {
            return .failed("\(plan.target.name) has no address of the family that was asked for")
        }
        return .located(found)
    }

    /// Begins a burst at what was located.
    func start(_ burst: BurstPlan, _ resolution: Resolution, _ secrets: SessionSecrets) -> Engines.RunningBurst {
        var burst = burst
        burst.session = Stamp.completed(burst.session)
        let (events, continuation) = AsyncStream.makeStream(of: BurstEvent.self)
        let live: LiveBurst
        do throws(CommandFault) {
            live = try BurstDriver(resolution, trustFile: caFile).start(burst, secret: secrets.login)
        } catch {
            continuation.yield(.failed(error.description))
            continuation.finish()
            return Engines.RunningBurst(events: events) { _ in }
        }
        Task { @concurrent in
            var last = BurstStatistics()
            for await statistics in live.progress {
                last = statistics
                continuation.yield(.advanced(statistics))
            }
            continuation.yield(.ended(last))
            continuation.finish()
        }
        return Engines.RunningBurst(events: events) { isAbrupt in if isAbrupt { live.drop() } else { live.stop() } }
    }
}
