import DNS

extension Resolver {
    /// Runs all checks of a subject: asks what they need, at once, and what the answers make necessary, until all have concluded.
    ///
    /// - Parameters:
    ///   - validation: judges the answers, each once more reported with its verdict. No question waits for a verdict.
    ///   - fetcher: fetches the MTA-STS policy of a domain that announces one.
    ///   - report: gets each answer when it comes. A receiver with a `DNSExamination` of its own inserts it there.
    /// - Returns: the examination; unfinished only if the task was cancelled.
    public nonisolated func examine(
        _ subject: DNSSubject, validation: Validation? = nil, fetcher: PolicyFetcher? = nil,
        report: @Sendable (DNSAnswer) async -> Void = { _ in }
    ) async -> DNSExamination {
        var examination = DNSExamination(subject: subject)
        await withTaskGroup(of: Arrival.self) { group in
            for question in examination.takeQuestions() { group.addTask { .answer(await self.ask(question)) } }
            while let arrival = await group.next() {
                switch arrival {
                case .nothing:
                    continue
                case .policy(let policy):
                    examination.insert(policy)
                case .answer(let answer):
                    examination.insert(answer)
                    await report(answer)
                    if let validation, !Task.isCancelled, subject.wantsVerdict(on: answer) {
                        group.addTask { await validation.judge(answer, for: subject).map { .answer($0) } ?? .nothing }
                    }
                }
                if Task.isCancelled { continue }
                for question in examination.takeQuestions() { group.addTask { .answer(await self.ask(question)) } }
                if let fetcher, let domain = examination.takePolicyDomain() {
                    group.addTask { .policy(await fetcher.fetch(for: domain)) }
                }
            }
        }
        return examination
    }
}

/// What comes in while a subject is examined.
private enum Arrival: Sendable {
    case answer(DNSAnswer)
    case policy(PolicyFetch)
    case nothing
}
