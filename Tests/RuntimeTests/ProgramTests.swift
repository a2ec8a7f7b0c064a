import Canvas
import DNS
import Dashboard
import MailLog
import MailVocabulary
import Runtime
import SMTP
import Synchronization
import Testing
import Triage

@Suite("Program loop")
struct ProgramTests {
    private static func engines() -> Engines {
        Engines(
            complete: { $0 },
            converse: { _, _ in
                let (events, continuation) = AsyncStream.makeStream(of: SessionEvent.self)
                continuation.finish()
                return Engines.Conversation(events: events) { _ in }
            },
            survey: { _, _ in AsyncStream { $0.finish() } },
            locate: { _ in .located(Resolution()) },
            burst: { _, _, _ in Engines.RunningBurst(events: AsyncStream { $0.finish() }) { _ in } },
            ask: { DNSAnswer($0, from: Endpoint(.loopback, 53), .silent, took: .zero) },
            follow: { _ in AsyncStream { $0.finish() } },
            export: { path, _, _ in path },
            saved: { [] },
            reopen: { _ in
                SessionRecord(
                    plan: SessionPlan(
                        target: SessionTarget(.host("x")), helloName: "x", reversePath: "", recipients: []))
            },
            theme: { Theme(name: $0) },
            catalogue: { (ReplyCatalogue(entries: [], texts: [:]), []) },
            now: { .zero })
    }

    private func program(_ batches: [[ScreenEvent]]) -> (Program, TextScreen) {
        let screen = TextScreen(size: Size(columns: 80, rows: 24), script: batches)
        let mailbox = Mailbox {}
        return (
            Program(
                Dashboard(settings: Settings(), size: screen.size), screen: screen, engines: Self.engines(),
                mailbox: mailbox),
            screen
        )
    }

    @Test("draws a frame before anything else, and ends on q")
    func firstFrame() {
        let (program, screen) = program([[.key(.character("q"))]])
        let result = program.run { _ in [] }
        #expect(result.signal == nil)
        #expect(!screen.frames.isEmpty)
        #expect(screen.isClosed)
    }

    @Test("what is due when time has passed is done: a run that is repeated begins each time")
    func ticks() throws {
        let begun = Mutex(0)
        let clock = Mutex(Duration.zero)
        var engines = Self.engines()
        engines.now = {
            clock.withLock { now in
                now += .seconds(1)
                return now
            }
        }
        // A session that cannot begin is over before the next tick.
        engines.complete = { _ in
            begun.withLock { $0 += 1 }
            throw CancellationError()
        }
        let screen = TextScreen(
            size: Size(columns: 80, rows: 24),
            script: [[ScreenEvent]](repeating: [], count: 30) + [[.terminated(signal: 15)]])
        var settings = Settings()
        settings.target = try SessionTarget(parsing: "mx.example.test")
        let program = Program(
            Dashboard(settings: settings, size: screen.size), screen: screen, engines: engines, mailbox: Mailbox {})
        _ = program.run { $0.repeatEvery("5s") }
        #expect(begun.withLock { $0 } > 1)
    }

    @Test("ends on a signal and says which")
    func signal() {
        let (program, _) = program([[.terminated(signal: 15)]])
        #expect(program.run { _ in [] }.signal == 15)
    }

    @Test("ends when the terminal hangs up")
    func hangUp() {
        let (program, screen) = program([[.hungUp]])
        #expect(program.run { _ in [] }.signal == nil)
        #expect(screen.isClosed)
    }

    @Test(
        "tidies up while signals are still caught when it is forced to end, and gives the terminal back first when it is not"
    )
    func tidying() {
        for (events, isFirst) in [
            ([ScreenEvent.hungUp], true), ([.terminated(signal: 1)], true), ([.key(.character("q"))], false),
        ] {
            let (program, screen) = program([events])
            var wasClosed: Bool?
            _ = program.run(start: { _ in [] }, finish: { wasClosed = screen.isClosed })
            #expect(wasClosed == !isFirst)
        }
    }
}
