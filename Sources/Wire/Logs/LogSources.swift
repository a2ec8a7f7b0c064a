import MailLog

/// Several logs as one stream, in the order in which their events come.
public struct LogSources: Sendable {
    private let sources: [LogSource]

    public init(_ sources: [LogSource]) { self.sources = sources }

    /// What happens to any of the logs, with the place of the log in the list, until the stream is cancelled or all have ended.
    ///
    /// A slow listener makes all sources wait; nothing is dropped.
    /// - Parameter inBlocks: as in `LogSource.events`.
    public func events(
        from start: LogFollower.Start = .beginning, inBlocks: Bool = false
    ) -> AsyncStream<(Int, LogSourceEvent)> {
        if sources.count == 1, let events = sources.first?.events(from: start, inBlocks: inBlocks) {
            return AsyncStream {
                var events = events.makeAsyncIterator()
                return await events.next(isolation: nil).map { (0, $0) }
            }
        }
        let turnstile = Turnstile()
        let (stream, continuation) = AsyncStream.makeStream(of: (Int, LogSourceEvent).self)
        let streams = sources.map { $0.events(from: start, inBlocks: inBlocks) }
        let work = Task {
            await withTaskGroup(of: Void.self) { group in
                for (place, events) in streams.enumerated() {
                    group.addTask {
                        for await event in events {
                            await turnstile.enter()
                            continuation.yield((place, event))
                        }
                    }
                }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in
            work.cancel()
            Task { await turnstile.open() }
        }
        return AsyncStream {
            var events = stream.makeAsyncIterator()
            let next = await events.next()
            await turnstile.leave()
            return next
        } onCancel: {
            work.cancel()
        }
    }

    /// Lets so many events be under way and makes the others wait.
    private actor Turnstile {
        private var free = 64
        private var waiting: [CheckedContinuation<Void, Never>] = []

        private var isOpen = false

        /// Nobody waits any more, now and later.
        func open() {
            isOpen = true
            for waiter in waiting { waiter.resume() }
            waiting = []
        }

        func enter() async {
            if isOpen { return }
            if free > 0 {
                free -= 1
            } else {
                await withCheckedContinuation { waiting.append($0) }
            }
        }

        func leave() {
            if waiting.isEmpty {
                free += 1
            } else {
                waiting.removeFirst().resume()
            }
        }
    }
}
