/// Runs stories side by side, each line at its time, until the lab is stopped.
final class StoryTeller: Sendable {
    private let log: LabLog
    private let stories: AsyncStream<([MailStory.Step], LogSlots)>.Continuation
    private let work: Task<Void, Never>

    /// `pause` is told how long a story rests before its next line.
    init(_ log: LabLog, pause: @escaping @Sendable (Duration) async throws -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: ([MailStory.Step], LogSlots).self)
        self.log = log
        stories = continuation
        work = Task {
            await withDiscardingTaskGroup { group in
                for await (steps, slots) in stream {
                    group.addTask { await Self.tell(steps, slots, log, pause) }
                }
                group.cancelAll()
            }
        }
    }

    func tell(_ steps: [MailStory.Step], _ slots: LogSlots) { stories.yield((steps, slots)) }

    func stop() async {
        work.cancel()
        stories.finish()
        await work.value
    }

    private static func tell(
        _ steps: [MailStory.Step], _ slots: LogSlots, _ log: LabLog, _ pause: @Sendable (Duration) async throws -> Void
    ) async {
        var slots = slots
        for step in steps {
            if step.after > 0 {
                guard (try? await pause(.milliseconds(Int(step.after * 1000)))) != nil else { return }
            }
            guard !Task.isCancelled else { return }
            log.write(step.line, &slots)
        }
    }
}
