import DNS
import MailVocabulary

/// Asks a name server, over UDP and, where an answer is cut, over TCP. Whatever happens is an outcome; nothing is thrown.
///
/// Where several servers are configured the next one is asked when one is silent or cannot be reached, and that one comes last for
/// `grudge`, so that its silence is waited for once and not with each question. Names are asked as they are: no search list.
///
/// A question that is under way is not asked twice; answers with records, and certain absences, are kept for their TTL, at most
/// `keepLimit`. Faults are never kept: the next asking tries again. At most `width` questions are under way, the rest wait.
public actor Resolver {
    /// Questions under way at one time.
    public static let width = 50
    /// A datagram without an answer is sent again 0.4 s, 1.2 s and 2.8 s after the first.
    public static let pauses: [Duration] = [.milliseconds(400), .milliseconds(800), .milliseconds(1600)]
    /// The longest time for which an answer is used again, whatever its TTL says.
    public static let keepLimit: Duration = .seconds(300)
    /// Answers that are kept; with one more, all are forgotten.
    static let keepCount = 1024

    /// For how long a server that did not answer is asked last.
    static let grudge: Duration = .seconds(60)

    private nonisolated let list: ServerList
    /// Attempts, each after the limit of the one before; the first is several datagrams where nothing comes.
    public nonisolated let attempts: Int
    private nonisolated let limit: Duration
    private nonisolated let limits: [RecordType: Duration]
    private nonisolated let recursion: Bool
    private nonisolated let width: Int
    private nonisolated let pauses: [Duration]
    private let cookies = CookieJar()

    private var underWay: [DNSQuestion: QuestionUnderWay] = [:]
    private var waiting: [DNSQuestion] = []
    private var running = 0
    private var kept:
        [DNSQuestion: (answer: DNSAnswer, since: ContinuousClock.Instant, until: ContinuousClock.Instant)] = [:]
    private var nextAsker = 0
    private var failed: [Endpoint: ContinuousClock.Instant] = [:]

    /// - Parameters:
    ///   - limit: the time of one attempt. A question is `.silent` after `limit` × `attempts`, by default 10 s; answers to earlier
    ///     attempts still count until then.
    ///   - limits: other times for single types, as 15 s for PTR, where slowness is what one wants to see.
    ///   - others: servers that are asked when the first does not answer.
    ///   - recursion: `false` to ask an authoritative server for what it knows itself.
    ///   - width: questions under way at one time.
    ///   - pauses: after each of them, within the first limit, a datagram that may be lost goes out once more.
    public init(
        server: Endpoint, others: [Endpoint] = [], limit: Duration = .seconds(5), attempts: Int = 2,
        limits: [RecordType: Duration] = [:], recursion: Bool = true, width: Int = Resolver.width,
        pauses: [Duration] = Resolver.pauses
    ) {
        self.init(
            asking: ServerList(server, others: others), limit: limit, attempts: attempts, limits: limits,
            recursion: recursion, width: width, pauses: pauses)
    }

    /// As the other; the servers may change.
    public init(
        asking list: ServerList, limit: Duration = .seconds(5), attempts: Int = 2,
        limits: [RecordType: Duration] = [:], recursion: Bool = true, width: Int = Resolver.width,
        pauses: [Duration] = Resolver.pauses
    ) {
        (self.list, self.limit, self.attempts, self.limits) = (list, limit, max(1, attempts), limits)
        (self.recursion, self.width, self.pauses) = (recursion, width, pauses)
    }

    /// Whom it asks, in this order.
    public nonisolated var servers: [Endpoint] { list.servers }

    /// Whom it asks first.
    public nonisolated var server: Endpoint { list.servers[0] }

    /// The time of one attempt at this question.
    public nonisolated func limit(for question: DNSQuestion) -> Duration { limits[question.type] ?? limit }

    /// Asks, or gives the answer that is still good. If the calling task is cancelled it returns at once, with `.silent`.
    ///
    /// - Parameter refresh: asks again even if an answer is kept.
    public func ask(_ question: DNSQuestion, refresh: Bool = false) async -> DNSAnswer {
        if list.look() { (kept, failed) = ([:], [:]) }
        if !refresh, let kept = kept[question], kept.until > .now { return kept.answer.aged(by: .now - kept.since) }
        nextAsker += 1
        let asker = nextAsker
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in join(question, asker, continuation) }
        } onCancel: {
            Task { await self.leave(question, asker) }
        }
    }

    /// Forgets all answers that are kept.
    public func forget() { kept = [:] }

    private func join(_ question: DNSQuestion, _ asker: Int, _ continuation: CheckedContinuation<DNSAnswer, Never>) {
        if Task.isCancelled {
            continuation.resume(returning: DNSAnswer(question, from: server, .silent, took: .zero, attempts: 0))
            return
        }
        if underWay[question] != nil {
            underWay[question]?.askers[asker] = continuation
            return
        }
        underWay[question] = QuestionUnderWay(askers: [asker: continuation])
        waiting.append(question)
        startWaiting()
    }

    private func startWaiting() {
        while running < width, !waiting.isEmpty {
            let question = waiting.removeFirst()
            running += 1
            underWay[question]?.started = .now
            underWay[question]?.task = Task {
                finish(question, await exchange(question))
            }
        }
    }

    /// One server after another, until one answers, whatever it says. Alone, a server gets all attempts; among several, one a round.
    private func exchange(_ question: DNSQuestion) async -> ExchangeResult {
        let servers = servers
        let isAlone = servers.count == 1
        let now = ContinuousClock.now
        let isBad = { (server: Endpoint) in self.failed[server].map { $0 + Self.grudge > now } ?? false }
        let order = servers.filter { !isBad($0) } + servers.filter(isBad)
        var attempts = 0
        var last: ExchangeResult?
        for _ in 0..<(isAlone ? 1 : self.attempts) {
            for server in order {
                var result = await NameExchange(
                    question: question, server: server, limit: limit(for: question),
                    attempts: isAlone ? self.attempts : 1, recursion: recursion, cookies: cookies, pauses: pauses
                ).run()
                attempts += result.answer.attempts
                result.answer.attempts = attempts
                if isAlone || result.isCancelled || result.answer.isSignOfLife {
                    failed[server] = nil
                    return result
                }
                failed[server] = .now
                last = result
            }
        }
        return last ?? ExchangeResult(answer: DNSAnswer(question, from: server, .silent, took: .zero, attempts: 0))
    }

    private func finish(_ question: DNSQuestion, _ result: ExchangeResult) {
        running -= 1
        defer { startWaiting() }
        guard !result.isCancelled else { return }
        if result.keep > 0 {
            if kept.count >= Self.keepCount { kept = [:] }
            kept[question] = (result.answer, .now, .now + min(.seconds(Int64(result.keep)), Self.keepLimit))
        }
        for asker in (underWay.removeValue(forKey: question)?.askers ?? [:]).values {
            asker.resume(returning: result.answer)
        }
    }

    /// The last asker who leaves ends the asking.
    private func leave(_ question: DNSQuestion, _ asker: Int) {
        guard let continuation = underWay[question]?.askers.removeValue(forKey: asker) else { return }
        let started = underWay[question]?.started
        continuation.resume(
            returning: DNSAnswer(question, from: server, .silent, took: started.map { .now - $0 } ?? .zero))
        guard underWay[question]?.askers.isEmpty == true else { return }
        underWay.removeValue(forKey: question)?.task?.cancel()
        waiting.removeAll { $0 == question }
    }
}

extension DNSAnswer {
    /// The answer some time after it came: its records have that much less to live, RFC 1035 §3.2.1.
    func aged(by age: Duration) -> DNSAnswer {
        let seconds = UInt32(clamping: age.components.seconds)
        guard case .found(var records) = outcome, seconds > 0 else { return self }
        for index in records.indices { records[index].ttl -= min(records[index].ttl, seconds) }
        var answer = self
        answer.outcome = .found(records)
        return answer
    }
}

/// Who waits for one question.
private struct QuestionUnderWay {
    var askers: [Int: CheckedContinuation<DNSAnswer, Never>]
    /// When the first datagram left; `nil` while it stands in the queue.
    var started: ContinuousClock.Instant?
    var task: Task<Void, Never>?
}
