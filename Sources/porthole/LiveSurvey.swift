import Dashboard
import MailVocabulary
import SMTP
import Wire

/// The mail exchangers of a target, each address asked the same: what the dashboard's matrix is fed with.
struct LiveSurvey: Sendable {
    /// More sessions than this at once would look like an attack.
    static let mostAtOnce = 16

    let lookup: NameLookup
    let caFile: String?
    let transcripts: String?

    /// Resolves, then holds a session with each address as far as the plan says; ends when all are over.
    func events(_ plan: SessionPlan, _ secrets: SessionSecrets) -> AsyncStream<SurveyEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: SurveyEvent.self)
        let work = Task { @concurrent in
            await run(plan, secrets) { continuation.yield($0) }
            continuation.finish()
        }
        continuation.onTermination = { _ in work.cancel() }
        return stream
    }

    private func run(_ plan: SessionPlan, _ secrets: SessionSecrets, _ post: @escaping @Sendable (SurveyEvent) -> Void)
        async
    {
        let found = await LiveEngines.resolve(plan.target, lookup)
        if let failure = found.failure { return post(.failed("\(plan.target.name): \(failure.words)")) }
        let probes = SurveyProbe.all(of: found, for: plan).prefix(SurveyProbe.most)
        guard !probes.isEmpty else {
            return post(.failed("\(plan.target.name): no exchanger has an address of the family that was asked for"))
        }
        post(.found(found))
        await withTaskGroup(of: Void.self) { group in
            for (index, probe) in probes.enumerated() {
                if index >= Self.mostAtOnce { _ = await group.next() }
                group.addTask { await hold(index, probe, plan, secrets, post) }
            }
        }
    }

    private func hold(
        _ index: Int, _ probe: SurveyProbe, _ plan: SessionPlan, _ secrets: SessionSecrets,
        _ post: @Sendable (SurveyEvent) -> Void
    ) async {
        guard !Task.isCancelled else { return }
        let plan = Stamp.completed(plan)
        post(.began(probe: index, plan))
        let lookup = lookup
        let driver = SessionDriver(
            resolve: { target in
                // The proxy's own name is another matter.
                guard target == plan.target else { return await LiveEngines.resolve(target, lookup) }
                return Resolution(candidates: [.init(host: probe.host, addresses: [probe.address])])
            },
            trustFile: caFile, journalFolder: transcripts)
        _ = await driver.run(plan, secret: secrets.login, proxySecret: secrets.proxy) {
            post(.happened(probe: index, $0))
        }
    }
}
