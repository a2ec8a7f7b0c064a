import Assets
import DNS
import Dashboard
import FoundationEssentials
import Glibc
import MailLog
import MailVocabulary
import Runtime
import SMTP
import Triage
import Wire

/// The engines of the running program: sockets, files and clocks behind the functions that the runtime knows.
struct LiveEngines {
    let resolver: Resolver
    let driver: SessionDriver
    private let validation: Validation
    private let survey: LiveSurvey
    private let fetcher: PolicyFetcher
    private let bursts: LiveBursts
    private let logFormat: String?

    /// - Parameters:
    ///   - servers: The name servers to ask, the next one when one does not answer.
    ///   - caFile: A PEM file of roots; `nil` for the system's.
    ///   - transcripts: The folder for session files; `nil` writes none.
    ///   - anchors: The keys that DNSSEC is judged by.
    ///   - policyPort: Where the web servers with MTA-STS policies listen.
    ///   - logFormat: The format that logs are read in; `nil` to tell it by their lines.
    ///   - patience: How long the name server may take, each time it is asked; `nil` for the usual limit.
    init(
        asking servers: ServerList, caFile: String?, transcripts: String?,
        trusting anchors: TrustAnchors = .root, policyPort: Int = 443, patience: Duration? = nil,
        logFormat: String? = nil
    ) {
        self.logFormat = logFormat
        let resolver = patience.map { Resolver(asking: servers, limit: $0) } ?? Resolver(asking: servers)
        self.resolver = resolver
        validation = Validation(resolver, trusting: anchors)
        fetcher = PolicyFetcher(NameLookup(resolver), trustFile: caFile, port: policyPort)
        driver = SessionDriver(
            resolve: { await Self.resolve($0, NameLookup(resolver)) }, trustFile: caFile, journalFolder: transcripts)
        bursts = LiveBursts(lookup: NameLookup(resolver), caFile: caFile)
        survey = LiveSurvey(lookup: NameLookup(resolver), caFile: caFile, transcripts: transcripts)
    }

    /// Everything the dashboard needs.
    /// - Parameter health: What can be found out about the surroundings.
    func engines(
        since start: ContinuousClock.Instant, health: @escaping @Sendable () -> [HealthFact] = { [] }
    ) -> Engines {
        let (resolver, driver, validation) = (resolver, driver, validation)
        let (survey, fetcher, bursts) = (survey, fetcher, bursts)
        let logFormat = logFormat
        var engines = Engines(
            complete: { Stamp.completed(try MessageReading.read($0)) },
            converse: { plan, secrets in
                let session = driver.start(plan, secret: secrets.login, proxySecret: secrets.proxy)
                return Engines.Conversation(events: session.events) { session.order($0) }
            },
            survey: { survey.events($0, $1) },
            locate: { await bursts.locate($0) }, burst: { bursts.start($0, $1, $2) },
            ask: { await resolver.ask($0) },
            judge: { await validation.judge($0, for: $1) },
            policy: { await fetcher.fetch(for: $0) },
            follow: { Self.follow($0) },
            askLog: { LiveLogAnswers(path: $0, request: $1, format: logFormat).events() },
            export: { path, isChosen, text in try NewFile.write(text, to: path, isChosen: isChosen) },
            saved: { SavedSessions.list(in: Folders.sessions) },
            reopen: { try SavedSessions.record(of: $0) },
            theme: { try ThemeChoice.theme(named: $0) },
            themeChanges: { ThemeChoice.changes(of: $0) },
            health: health,
            keep: { try LastCopy.keep($0) },
            catalogue: {
                defer { FreedMemory.giveBack() }
                return CatalogueChoice.reading()
            },
            now: { ContinuousClock.now - start })
        engines.resolver = { text in
            let other = Resolver(server: try ResolverChoice.server(text, of: ":dns compare"))
            return { await other.ask($0) }
        }
        engines.bounce = { try BounceFile.read($0, isWaitedFor: false) }
        engines.findLogs = { pattern in
            do throws(LogFault) { return try LogSet.logs([pattern]) } catch {
                throw CommandFailure(error.sentence, .cannotRead)
            }
        }
        engines.spell = { text in
            do throws(InternationalName.Fault) {
                return try InternationalName.ascii(text)
            } catch {
                throw CommandFailure("\(text) \(error)", .usage)
            }
        }
        return engines
    }

    /// Of a file its end, of all others what comes.
    private static func follow(_ text: String) -> AsyncStream<LogSourceEvent> {
        do throws(LogFault) {
            // A command is ended with all that it started when the program ends.
            return try LogSource(text).events(from: .tail(4 << 20))
        } catch {
            return AsyncStream {
                $0.yield(.trouble(error.sentence))
                $0.finish()
            }
        }
    }

    /// A target as hosts and addresses: an exchanger walk for a domain, RFC 5321 §5.1, a lookup for a host.
    static func resolve(_ target: SessionTarget, _ lookup: NameLookup) async -> Resolution {
        switch target.destination {
        case .host(let name):
            let found = await lookup.addresses(of: name)
            guard found.addresses.isEmpty else {
                return Resolution(candidates: [Resolution.Candidate(host: name, addresses: found.addresses)])
            }
            return Resolution(failure: .notResolved(found.problem ?? "\(name) has no address"))
        case .domain(let name):
            let table = await lookup.exchangers(of: name).table
            if table.isNull { return Resolution(failure: .nullMX) }
            let exchangers = table.isImplicit ? [] : table.rows.map { "\($0.preference) \($0.name)" }
            let candidates = table.rows.filter { !$0.addresses.isEmpty }
                .map { Resolution.Candidate(host: $0.name.description, addresses: $0.addresses) }
            let addressless = table.rows.filter(\.addresses.isEmpty).map {
                Resolution.Addressless(exchanger: "\($0.preference) \($0.name)", problem: $0.problem ?? "no address")
            }
            guard candidates.isEmpty else {
                return Resolution(exchangers: exchangers, candidates: candidates, addressless: addressless)
            }
            let problem =
                table.problem ?? table.rows.lazy.compactMap(\.problem).first ?? "no mail exchanger has an address"
            return Resolution(exchangers: exchangers, failure: .notResolved(problem))
        }
    }
}

/// The name server to ask.
enum ResolverChoice {
    /// All that may be asked, the first first: the system's, or the one that the text names.
    /// - Throws: `CommandFailure` when the text names none, or the system has none.
    static func servers(_ text: String?) throws -> ServerList {
        if let text { return ServerList(try server(text)) }
        do { return try ServerList() } catch { throw CommandFailure("\(error)", .cannotRead) }
    }

    /// - Throws: `CommandFailure` when the text names none, or the system has none.
    ///
    /// - Parameter option: where the text was given.
    static func server(_ text: String?, of option: String = "--resolver") throws -> Endpoint {
        guard let text else {
            do { return try SystemResolver.server() } catch { throw CommandFailure("\(error)", .cannotRead) }
        }
        if let address = IPAddress(text) { return Endpoint(address, 53) }
        do throws(TargetFault) {
            let target = try SessionTarget(parsing: text)
            guard let address = IPAddress(target.name) else {
                throw TargetFault("\(option) wants an address, not a name: \(text)")
            }
            return Endpoint(address, target.port == 25 ? 53 : target.port)
        } catch {
            throw CommandFailure(error.description, .usage)
        }
    }
}
