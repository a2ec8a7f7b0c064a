import DNS
import MailVocabulary
import NIOCore
import NIOPosix

/// One question to one server: its attempts, their sockets and the one clock that ends them all.
///
/// A datagram may be lost: until the first limit is over the query goes out again after each of `pauses`. Every datagram has a
/// fresh socket, so a fresh port, and a fresh random id: 2³² combinations to guess. The sockets of earlier ones stay open: a slow
/// answer still counts, and shows its true time. A cut answer (TC) is fetched by TCP within the same limit, and the attempts
/// after that go by TCP at once. Lives on one event loop.
struct NameExchange {
    let question: DNSQuestion
    let server: Endpoint
    /// The time of one attempt.
    let limit: Duration
    let attempts: Int
    /// Whether the server is asked to ask others.
    var recursion = true
    /// The cookies of those who share them.
    var cookies = CookieJar()
    /// Between the datagrams of the first attempt, as far as its limit goes.
    var pauses: [Duration] = []

    /// The result; silent, and marked as cancelled, if the task is cancelled.
    func run() async -> ExchangeResult {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: ExchangeResult.self)
        do {
            let state = try await loop.submit { [self] in
                NIOLoopBound(ExchangeState(self, loop, promise), eventLoop: loop)
            }.get()
            return try await withTaskCancellationHandler {
                loop.execute { state.value.start() }
                return try await promise.futureResult.get()
            } onCancel: {
                loop.execute { state.value.cancel() }
            }
        } catch {
            preconditionFailure("the promise of an exchange is only ever kept: \(error)")
        }
    }
}
