import MailLog
import Wire

/// Asks the whole of a log file, beside everything else that goes on: what the dashboard follows is only its end.
struct LiveLogAnswers {
    let path: String
    let request: LogRequest
    /// The format to read; `nil` to tell it by the lines.
    var format: String?

    /// How far the reading is, and at last the answer. Ends sooner when the consuming task is cancelled.
    func events() -> AsyncStream<LogAnswerEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: LogAnswerEvent.self)
        let size = LogFile.size(path)
        let progress = ReadProgress(of: size) { continuation.yield(.read($0, of: size)) }
        continuation.onTermination = { _ in progress.giveUp() }
        let (path, request, format) = (path, request, format)
        // Behind the screen and the keys.
        Task(priority: .utility) { @concurrent in
            continuation.yield(.read(0, of: size))
            do {
                continuation.yield(.answered(try await Self.answer(request, path, format, progress)))
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

    private static func answer(
        _ request: LogRequest, _ path: String, _ format: String?, _ progress: ReadProgress
    ) async throws
        -> LogAnswer
    {
        let before = LogFile.identity(path)
        let answer: LogAnswer
        switch request {
        case .lines(let words): answer = try await lines(words, path, progress)
        case .entries(let question):
            let first = try await entries(question, [path], format, progress)
            let whole = first.rows.isEmpty ? LogSet.rotated(path) : [path]
            // What the log does not have any more may be in the files that it was before.
            answer = whole.count > 1 ? try await entries(question, whole, format, progress) : first
        }
        // The lines are found again by their places, which are those of the file that was read.
        guard LogFile.identity(path) == before else {
            throw LogFault("\(path) was rotated while it was read: ask again")
        }
        return answer
    }

    private static func entries(
        _ question: LogQuestion, _ paths: [String], _ format: String?, _ progress: ReadProgress
    ) async throws -> LogAnswer {
        let logs = try await logs(question, paths, format, progress)
        return await BlockingThread.value { logs.index.answer(question) { logs.texts(of: $0) } }
    }

    private static func logs(
        _ question: LogQuestion, _ paths: [String], _ format: String?, _ progress: ReadProgress
    ) async throws
        -> TraceLogs
    {
        guard let needle = question.needle else {
            let result = await BlockingThread.value {
                Result { try TraceLogs.whole(paths, format: format, keepsText: false, progress: progress) }
            }
            return try result.get()
        }
        return try await TraceLogs.answering(needle, in: paths, format: format, keepsText: false, progress: progress)
    }

    private static func lines(_ words: String, _ path: String, _ progress: ReadProgress) async throws -> LogAnswer {
        let result: Result<LogAnswer, LogFault> = await BlockingThread.value {
            var (search, splitter) = (LineSearch(words), LineSplitter())
            do throws(LogFault) {
                try LogFile.read(path: path) { chunk in
                    splitter.forEachLine(in: chunk) { line, number, _, _ in search.take(line, number: number) }
                    return progress.goesOn(after: chunk.count)
                }
            } catch {
                return .failure(error)
            }
            if let last = splitter.finish() { search.take(last.bytes.span, number: last.number) }
            return .success(search.answer)
        }
        return try result.get()
    }
}
