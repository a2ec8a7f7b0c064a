import DNS

extension Resolver {
    /// Runs all checks of a subject: asks what they need, at once, and what the answers make necessary, until all have concluded.
    ///
    /// - Parameters:
    ///   - validation: judges the answers, each once more reported with its verdict. No question waits for a verdict.
    ///   - report: gets each answer when it comes. A receiver with a `DNSExamination` of its own inserts it there.
    /// - Returns: the examination; unfinished only if the task was cancelled.
    public nonisolated func examine(
        _ subject: DNSSubject, validation: Validation? = nil, report: @Sendable (DNSAnswer) async -> Void = { _ in }
    ) async -> DNSExamination {
        var examination = DNSExamination(subject: subject)
        await withTaskGroup(of: DNSAnswer?.self) { group in
            for question in examination.takeQuestions() { group.addTask { await self.ask(question) } }
            while let next = await group.next() {
                guard let answer = next else { continue }
                examination.insert(answer)
                await report(answer)
                if Task.isCancelled { continue }
                if let validation, subject.wantsVerdict(on: answer) {
                    group.addTask { await validation.judge(answer, for: subject) }
                }
                for question in examination.takeQuestions() { group.addTask { await self.ask(question) } }
            }
        }
        return examination
    }
}
