import ArgumentParser
import DNS
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole check`: the DNS checks on the command line.
struct Check: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "The mail side of the DNS: of a domain, or of an address.",
        discussion: """
            With --source, SPF is evaluated as a receiver does it, for mail from that address, and the address itself is \
            checked too. --sender says in whose name; without it, postmaster at the domain.

            DNSSEC is judged by a validator of our own, which asks through the same resolver and trusts the root's keys.

            Exit codes: 0 nothing worse than a warning, 75 something is delayed or could not be found out, 77 mail fails.
            """)

    @Argument(help: "A domain, or an IP address.")
    var subject: String

    @Option(
        name: [.long, .customLong("ip")],
        help: "The address from which mail comes: says what SPF makes of it, and whether its names confirm it.")
    var source: String?

    @Option(name: [.long, .customLong("from")], help: "The envelope sender, USER@DOMAIN; only with --source.")
    var sender: String?

    @Option(
        name: .customLong("dnsbl"),
        help: "A block list to ask about the address, as zen.example.org; repeat for more. None is asked unless named.")
    var lists: [String] = []

    @Option(
        name: .customLong("selector"),
        help: "A DKIM selector, the s= of a DKIM-Signature: its key is judged; repeat for more.")
    var selectors: [String] = []

    @Flag(help: "Try the DKIM selectors that many use. No key under them proves nothing.")
    var dkim = false

    @Option(help: "Another name server to ask the same, to compare: HOST:PORT or HOST.")
    var compare: String?

    @Option(
        parsing: .upToNextOption,
        help: "Logs, as for trace: who sent mail of the domain, and whether SPF lets it.")
    var log: [String] = []

    @Flag(help: "Ask each authoritative server of the domain too, and compare what they say.")
    var authoritative = false

    @Option(help: "The port of the authoritative servers.")
    var port = 53

    @Flag(
        help:
            "Connect to each mail exchanger, and hold its certificate against TLSA and the MTA-STS policy. No mail is sent."
    )
    var dane = false

    @Option(help: "The name after EHLO: for --dane (default: this host's name), and with --source it is checked too.")
    var helo: String?

    @Option(help: "The port of the mail exchangers, for --dane.")
    var smtpPort = 25

    @OptionGroup var internet: InternetOptions

    @Option(name: .customLong("ca-file"), help: "A PEM file of roots to trust, in place of the system's.")
    var caFile: String?

    @Option(help: "The name server to ask: HOST:PORT or HOST. Default: the system's.")
    var resolver: String?

    @OptionGroup var language: LanguageOption

    @Flag(help: "JSON.")
    var json = false

    func perform() async throws -> ExitStatus {
        let subjects = try CheckSubjects(
            subject, source: source, sender: sender, helo: helo, lists: lists, selectors: selectors,
            guessesSelectors: dkim)
        if authoritative, subjects.domain == nil {
            throw CommandFailure("--authoritative wants a domain: an address has no zone of its own to compare", .usage)
        }
        if dane, subjects.domain == nil {
            throw CommandFailure("--dane wants a domain: its mail exchangers are connected to", .usage)
        }
        for port in [port, smtpPort] where !(1...65_535).contains(port) {
            throw CommandFailure("\(port) is not a port; a port is a number from 1 to 65535", .usage)
        }
        if !log.isEmpty, subjects.domain == nil {
            throw CommandFailure("--log wants a domain: whose mail was sent?", .usage)
        }
        let other = try compare.map { Resolver(server: try ResolverChoice.server($0, of: "--compare")) }
        let logs = log.isEmpty ? nil : try CheckLog(log)
        let helloName = helo ?? EnvelopeOptions.hostName
        if let fault = EnvelopeFault.inHelloName(helloName) { throw CommandFailure("--helo: \(fault)", .usage) }
        if let caFile { try Self.checkRoots(caFile) }
        let resolver = try Self.resolver(resolver)
        let anchors = try internet.anchors()
        let validation = Validation(resolver, trusting: anchors)
        let fetcher = PolicyFetcher(NameLookup(resolver), trustFile: caFile, port: internet.httpsPort)
        let sessions = CheckSessions(resolver: resolver, caFile: caFile, helloName: helloName, port: smtpPort)
        async let authorities = authorities(subjects.domain, resolver)
        async let exchangers = dane ? subjects.domain.asyncMap { await sessions.run($0) } : nil
        let examinations = await withTaskGroup(of: (Int, DNSExamination).self) { group in
            for (index, subject) in subjects.all.enumerated() {
                group.addTask { (index, await resolver.examine(subject, validation: validation, fetcher: fetcher)) }
            }
            var all: [(Int, DNSExamination)] = []
            for await one in group { all.append(one) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let presented = await exchangers ?? []
        let hosts = await CheckSessions.examinations(of: presented, resolver)
        let results = CheckResults(
            domain: subjects.domain, international: subjects.international, examinations: examinations + hosts,
            authorities: await authorities,
            exchangers: presented, comparison: await Self.comparison(examinations, other),
            senders: await senders(subjects.domain, examinations, resolver, logs), log: logs)
        if json {
            try Output.json(ExaminationJSON(subject, results))
        } else {
            for line in CheckText(results, language.words).lines { Output.line(line) }
        }
        switch results.findings.map(\.kind.severity).max() ?? .fine {
        case .failure: return .refused
        case .unknown, .delay: return .temporary
        case .fine, .note, .warning: return .done
        }
    }

    /// The other resolver's answers to the questions of the subject itself.
    private static func comparison(_ examinations: [DNSExamination], _ other: Resolver?) async -> ResolverComparison? {
        guard let other, let answers = examinations.first?.answers.inOrder else { return nil }
        let pairs = await withTaskGroup(of: (Int, DNSAnswer).self) { group in
            for (index, answer) in answers.enumerated() {
                group.addTask { (index, await other.ask(answer.question)) }
            }
            var pairs: [(Int, ResolverComparison.Pair)] = []
            for await (index, answer) in group {
                pairs.append((index, ResolverComparison.Pair(own: answers[index], other: answer)))
            }
            return pairs.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return ResolverComparison(pairs)
    }

    private func senders(
        _ domain: DNSName?, _ examinations: [DNSExamination], _ resolver: Resolver, _ logs: CheckLog?
    ) async -> SendingAddresses? {
        guard let domain, let logs else { return nil }
        return await logs.addresses(of: domain, examinations.first, resolver)
    }

    /// The servers of the domain, then those of each exchanger that is in no zone of them.
    private func authorities(_ domain: DNSName?, _ resolver: Resolver) async -> [AuthorityExamination] {
        guard authoritative, let domain else { return [] }
        let own = await resolver.examineAuthority(of: domain, port: port)
        let others = own.exchangers.filter { host in !(own.zone.map(host.isWithin) ?? false) }
        return await withTaskGroup(of: (Int, AuthorityExamination).self) { group in
            for (index, host) in others.enumerated() {
                group.addTask { (index, await resolver.examineAuthority(of: host, for: .exchanger, port: port)) }
            }
            var all: [(Int, AuthorityExamination)] = []
            for await one in group { all.append(one) }
            return [own] + all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func checkRoots(_ path: String) throws {
        let driver = SessionDriver(resolve: { _ in Resolution() }, trustFile: path)
        if let fault = driver.fault(in: TLSDemands()) { throw CommandFailure("--ca-file: \(fault)", .usage) }
    }

    /// The named server, or all that the system knows, the next one where one is silent.
    private static func resolver(_ text: String?) throws -> Resolver {
        Resolver(asking: try ResolverChoice.servers(text))
    }
}

extension Optional {
    /// As `map`, with a wait in it.
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async -> Result) async -> Result? {
        guard let self else { return nil }
        return await transform(self)
    }
}
