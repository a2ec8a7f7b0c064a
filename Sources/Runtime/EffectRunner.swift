import Canvas
import DNS
import Dashboard
import MailLog
import SMTP
import Triage

/// Runs effects and posts what comes of them. It keeps the handles of what is running and no facts.
public final class EffectRunner {
    private let engines: Engines
    private let mailbox: Mailbox
    private var conversations: [Int: Engines.Conversation] = [:]
    private var tasks: [Task<Void, Never>] = []
    private var following: [Int: Task<Void, Never>] = [:]
    private var surveying: Task<Void, Never>?
    private var watching: Task<Void, Never>?
    private var burst: Engines.RunningBurst?
    private var asking: Task<Void, Never>?

    public init(_ engines: Engines, mailbox: Mailbox) { (self.engines, self.mailbox) = (engines, mailbox) }

    /// Begins what is wanted; none of it blocks. Effects of the screen itself are the program loop's.
    public func run(_ effect: Effect) {
        switch effect {
        case .converse(let session, let plan, let secrets): converse(session, plan, secrets)
        case .survey(let number, let plan, let secrets): survey(number, plan, secrets)
        case .locate(let number, let plan):
            let (engines, mailbox) = (engines, mailbox)
            start { mailbox.post(.burst(number: number, await engines.locate(plan))) }
        case .burst(let number, let plan, let resolution, let secrets): begin(number, plan, resolution, secrets)
        case .endBurst(let isAbrupt): burst?.end(isAbrupt)
        case .order(let session, let order): conversations[session]?.order(order)
        case .ask(let subject, let questions):
            for question in questions { ask(question, for: subject) }
        case .fetchPolicy(let subject, let domain):
            let (engines, mailbox) = (engines, mailbox)
            start { if let policy = await engines.policy(domain) { mailbox.post(.fetched(subject, policy)) } }
        case .askBeside(let server, let questions): askBeside(server, questions)
        case .spell(let text):
            do {
                mailbox.post(.spelled(text, ascii: try engines.spell(text)))
            } catch {
                mailbox.post(.failed("\(error)"))
            }
        case .follow(let id, let source): follow(id, source)
        case .findLogs(let pattern):
            let (engines, mailbox) = (engines, mailbox)
            start {
                do {
                    mailbox.post(.foundLogs(try engines.findLogs(pattern)))
                } catch {
                    mailbox.post(.failed("\(error)"))
                }
            }
        case .unfollow(let id): following.removeValue(forKey: id)?.cancel()
        case .askLog(let log, let number, let request): ask(log, number, request)
        case .stopAsking: asking?.cancel()
        case .export(let path, let isChosen, let text): export(path, isChosen, text)
        case .readBounce(let path):
            let (engines, mailbox) = (engines, mailbox)
            start {
                do {
                    mailbox.post(.bounced(try engines.bounce(path)))
                } catch {
                    mailbox.post(.failed("\(error)"))
                }
            }
        case .listSaved:
            let (engines, mailbox) = (engines, mailbox)
            start { mailbox.post(.listed(engines.saved())) }
        case .reopen(let path, let purpose): reopen(path, purpose)
        case .replay(let session, let events): replay(session, events)
        case .examineHealth:
            let (engines, mailbox) = (engines, mailbox)
            start { mailbox.post(.examined(engines.health())) }
        case .copy(let text):
            let (engines, mailbox) = (engines, mailbox)
            start {
                do {
                    let path = try engines.keep(text)
                    mailbox.post(.reported("copied to the terminal's clipboard, and to \(path)"))
                } catch {
                    mailbox.post(.failed("copied to the terminal's clipboard only: \(error)"))
                }
            }
        case .useMouse, .useTheme, .suspend, .redraw, .quit: break
        }
    }

    /// Reads the catalogue in the background.
    public func learn() {
        let (engines, mailbox) = (engines, mailbox)
        start {
            let reading = engines.catalogue()
            mailbox.post(.learned(reading.catalogue))
            if let first = reading.faults.first {
                let more = reading.faults.count - 1
                mailbox.post(
                    .failed(first + (more > 0 ? " (and \(more) more; porthole explain --check FOLDER lists them)" : ""))
                )
            }
        }
    }

    /// Ends everything that is running: connections are dropped, nothing is said to anybody.
    public func stop() {
        for conversation in conversations.values { conversation.order(.drop) }
        for task in tasks { task.cancel() }
        for task in following.values { task.cancel() }
        surveying?.cancel()
        burst?.end(true)
        asking?.cancel()
        watching?.cancel()
    }

    /// Tells when the file of the theme in use changes; a theme that is compiled in never does.
    public func watch(theme name: String) {
        watching?.cancel()
        let engines = engines
        watching = post(engines.themeChanges(name)) { _ in .themeChanged(name) }
    }

    /// The session is over: there is nobody left to order about, and nothing that it held is kept.
    public func forget(session: Int) { conversations[session] = nil }

    private func converse(_ session: Int, _ plan: SessionPlan, _ secrets: SessionSecrets) {
        let whole: SessionPlan
        do { whole = try engines.complete(plan) } catch {
            // Nobody was spoken to: the session ends with the sentence before it begins.
            mailbox.post(.began(session: session, plan))
            let end = SessionFact.closed(.failed("\(error)"), during: .resolve)
            mailbox.post(.happened(session: session, SessionEvent(at: .zero, end)))
            return
        }
        mailbox.post(.began(session: session, whole))
        let conversation = engines.converse(whole, secrets)
        conversations[session] = conversation
        let mailbox = mailbox
        start { for await event in conversation.events { mailbox.post(.happened(session: session, event)) } }
    }

    private func begin(_ number: Int, _ plan: BurstPlan, _ resolution: Resolution, _ secrets: SessionSecrets) {
        let running = engines.burst(plan, resolution, secrets)
        burst = running
        let mailbox = mailbox
        start { for await event in running.events { mailbox.post(.burst(number: number, event)) } }
    }

    private func survey(_ number: Int, _ plan: SessionPlan, _ secrets: SessionSecrets) {
        surveying?.cancel()
        let engines = engines
        surveying = post(engines.survey(plan, secrets)) { .surveyed(number: number, $0) }
    }

    private func ask(_ question: DNSQuestion, for subject: DNSSubject) {
        let (engines, mailbox) = (engines, mailbox)
        start {
            let answer = await engines.ask(question)
            mailbox.post(.answered(subject, answer))
            // Nothing waits for a verdict: the same answer comes once more, with it.
            if let judged = await engines.judge(answer, subject) { mailbox.post(.answered(subject, judged)) }
        }
    }

    private func askBeside(_ server: String, _ questions: [DNSQuestion]) {
        let (engines, mailbox) = (engines, mailbox)
        do {
            let ask = try engines.resolver(server)
            for question in questions { start { mailbox.post(.answeredBeside(server: server, await ask(question))) } }
        } catch {
            mailbox.post(.failed("\(error)"))
        }
    }

    private func follow(_ id: Int, _ source: String) {
        let (engines, mailbox) = (engines, mailbox)
        following[id] = Task { @concurrent in
            for await event in engines.follow(source) {
                guard !Task.isCancelled else { return }
                await mailbox.postPatiently(.followed(source: id, event))
            }
        }
    }

    private func ask(_ log: String, _ number: Int, _ request: LogRequest) {
        asking?.cancel()
        let engines = engines
        asking = post(engines.askLog(log, request)) { .asked(number: number, $0) }
    }

    /// Posts what comes, for as long as nobody cancels it; whoever begins anew has cancelled what went before.
    private func post<Event: Sendable>(
        _ events: @autoclosure @escaping @Sendable () -> AsyncStream<Event>,
        as action: @escaping @Sendable (Event) -> Action
    ) -> Task<Void, Never> {
        let mailbox = mailbox
        return Task { @concurrent in
            for await event in events() {
                guard !Task.isCancelled else { return }
                mailbox.post(action(event))
            }
        }
    }

    private func export(_ path: String, _ isChosen: Bool, _ text: String) {
        let (engines, mailbox) = (engines, mailbox)
        start {
            do {
                mailbox.post(.reported("written: \(try engines.export(path, isChosen, text))"))
            } catch {
                mailbox.post(.failed("\(error)"))
            }
        }
    }

    private func reopen(_ path: String, _ purpose: ReopenPurpose) {
        let (engines, mailbox) = (engines, mailbox)
        start {
            do {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                mailbox.post(.reopened(try engines.reopen(path), name: name, purpose))
            } catch {
                mailbox.post(.failed("\(error)"))
            }
        }
    }

    /// The longest pause of a replay.
    private static let longestPause = Duration.seconds(5)

    private func replay(_ session: Int, _ events: [SessionEvent]) {
        let mailbox = mailbox
        start {
            var last = Duration.zero
            for event in events {
                let pause = min(event.at - last, Self.longestPause)
                last = event.at
                if pause > .zero { try? await Task.sleep(for: pause) }
                guard !Task.isCancelled else { return }
                mailbox.post(.happened(session: session, event))
            }
        }
    }

    private func start(_ work: @escaping @Sendable () async -> Void) {
        tasks.append(Task { @concurrent in await work() })
        if tasks.count > 256 { tasks.removeFirst(128) }  // long ended; a handle that is let go cancels nothing
    }
}
