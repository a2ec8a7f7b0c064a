import MailLog
import Wire

/// Asks the whole of a log, its rotated files too, beside everything else that goes on: what the dashboard follows is only
/// the end of the newest.
struct LiveLogAnswers {
    let path: String
    let request: LogRequest
    /// The format to read; `nil` to tell it by the lines.
    var format: String?

    /// How far the reading is, and at last the answer. Ends sooner when the consuming task is cancelled.
    func events() -> AsyncStream<LogAnswerEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: LogAnswerEvent.self)
        let size = reach.size
        let progress = ReadProgress(of: size) { continuation.yield(.read($0, of: size)) }
        continuation.onTermination = { _ in progress.giveUp() }
        // Behind the screen and the keys.
        Task(priority: .utility) { @concurrent in
            continuation.yield(.read(0, of: size))
            do {
                continuation.yield(.answered(try await answer(progress)))
            } catch let failure as CommandFailure {
                continuation.yield(.failed(failure.sentence))
            } catch let fault as LogFault {
                continuation.yield(.failed(fault.sentence))
            } catch {
                continuation.yield(.failed("\(error)"))
            }
            continuation.finish()
        }
        return stream
    }

    private var reach: LogReach {
        switch request {
        case .lines: LogReach(path, nil, format: format)
        case .entries(let question): LogReach(path, question, format: format)
        case .summary(let since): LogReach(path, LogQuestion(since: since), format: format)
        }
    }

    private func answer(_ progress: ReadProgress) async throws -> LogAnswer {
        // The lines are found again by their places, which are those of the files that were read: a rotation in between
        // gives the names to others, and all is read once more.
        for _ in 0..<3 {
            let reach = reach
            let before = reach.identities
            var answer = try await answer(reach, progress)
            guard reach.identities == before, self.reach.files == reach.files else { continue }
            answer.unaskedFiles = reach.unasked
            return answer
        }
        throw LogFault("\(path) was rotated while it was read: ask again")
    }

    private func answer(_ reach: LogReach, _ progress: ReadProgress) async throws -> LogAnswer {
        let files = reach.files
        switch request {
        case .lines(let words): return try await lines(words, files, progress)
        case .entries(let question):
            let (logs, isAll) = (try await logs(question.needle, files, progress), reach.unasked == 0)
            return await BlockingThread.value {
                var index = logs.index
                // Of a client in a file that was not asked it cannot be said that it never came.
                index.isWhole = index.isWhole && isAll
                var answer = index.answer(question) { logs.texts(of: $0) }
                (answer.files, answer.faults) = (logs.files, logs.faults)
                return answer
            }
        case .summary(let since):
            let logs = try await logs(nil, files, progress)
            return await BlockingThread.value {
                var answer = logs.index.answer(summarySince: since)
                (answer.files, answer.faults) = (logs.files, logs.faults)
                return answer
            }
        }
    }

    private func logs(_ needle: String?, _ files: [String], _ progress: ReadProgress) async throws -> TraceLogs {
        let format = format
        guard let needle else {
            let result = await BlockingThread.value {
                Result { try TraceLogs.whole(files, format: format, keepsText: false, progress: progress) }
            }
            return try result.get()
        }
        return try await TraceLogs.answering(needle, in: files, format: format, keepsText: false, progress: progress)
    }

    private func lines(_ words: String, _ files: [String], _ progress: ReadProgress) async throws -> LogAnswer {
        let result: Result<LogAnswer, LogFault> = await BlockingThread.value {
            var (search, faults) = (LineSearch(words), [LogFault]())
            for (place, file) in files.enumerated() {
                var splitter = LineSplitter()
                do throws(LogFault) {
                    try LogFile.read(path: file) { chunk in
                        splitter.forEachLine(in: chunk) { line, number, _, _ in
                            search.take(line, number: number, file: place)
                        }
                        return progress.goesOn(after: chunk.count)
                    }
                } catch {
                    faults.append(error)
                }
                if let last = splitter.finish() { search.take(last.bytes.span, number: last.number, file: place) }
            }
            if let fault = faults.first, faults.count == files.count { return .failure(fault) }
            var answer = search.answer
            (answer.files, answer.faults) = (files, faults.map(\.sentence))
            return .success(answer)
        }
        return try result.get()
    }
}
