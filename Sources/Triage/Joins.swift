import DNS
import MailLog
import MailVocabulary
import SMTP

/// Where the engines meet: the same fact seen from two sides.
extension Incident {
    /// The log's name of the message that the current session had accepted last, when its reply carried an id.
    public var acceptedMessage: TraceKey? {
        // An Exchange server's reply names two: the id of its own, and the Message-ID, which is none of the log's keys.
        let ids = session?.lastAcceptanceIDs ?? []
        switch ids.first(where: { !$0.description.contains("@") }) ?? ids.first {
        case .mid(let id): return .mid(id)
        case .queueID(let id): return .queueID(id)
        case nil: return nil
        }
    }

    /// The trace of that message in the log, when it is there and is ours: two gateways hand out the same numbers.
    public var messageTrace: Trace? {
        guard let trace = namesakeTrace, foreignMessage == nil else { return nil }
        return trace
    }

    private var namesakeTrace: Trace? {
        guard let log, let key = acceptedMessage else { return nil }
        // Of several gateways that write into one log, more than one may have given out the number.
        let namesakes = log.index.traces(for: key)
        return namesakes.last { trace in
            trace.messages.contains { $0.key == key && isForeign($0) == false }
        } ?? namesakes.last
    }

    /// A message of the log that has the id of ours and another envelope: this is the log of another gateway, or of another day.
    public var foreignMessage: Trace.Message? {
        guard let key = acceptedMessage, let message = namesakeTrace?.messages.first(where: { $0.key == key }),
            isForeign(message) == true
        else { return nil }
        return message
    }

    /// Whether the message has another envelope than ours; nothing when none of ours was sent.
    private func isForeign(_ message: Trace.Message) -> Bool? {
        guard let (sender, recipients) = session?.sentEnvelope else { return nil }
        if !message.sender.isEmpty, message.sender.lowercased() != sender.lowercased() { return true }
        let logged = Set(message.recipients.map { $0.address.lowercased() })
        return !logged.isEmpty && !recipients.isEmpty && !recipients.contains { logged.contains($0.lowercased()) }
    }

    /// The trace of our own connection in the log. Certain through the id of an accepted message; before that it is the newest
    /// connection from our address since this session began, which `isCertain` says.
    public var connectionTrace: (trace: Trace, isCertain: Bool)? {
        if let trace = messageTrace { return (trace, true) }
        if let log, let id = session?.plan.mail.envelopeID, let trace = log.index.traces(envelopeID: id).last,
            let key = trace.keys.first, isSinceBeginning(key, log)
        {
            return (trace, true)
        }
        guard let log, let session, let local = session.local, let key = log.newestConnection(from: local.address),
            isSinceBeginning(key, log), let trace = log.index.trace(for: key)
        else { return nil }
        return (trace, false)
    }

    /// Whether a connection was logged after the current session began: an older one is somebody else's, or of an earlier run.
    public func isSinceBeginning(_ key: TraceKey, _ log: LogBook) -> Bool {
        log.index.lineOrdinals(of: key).first.map { $0 >= logMark } ?? false
    }

    /// The message of that trace which the server's 250 named.
    public var messageInLog: Trace.Message? {
        guard let key = acceptedMessage else { return nil }
        return messageTrace?.messages.first { $0.key == key || $0.derived.contains(key) }
    }

    /// From here on a greeting is slow enough to ask why.
    public static let slowGreeting = Duration.seconds(2)

    /// The slow greeting beside the reverse lookup of our own address: what the gateway most likely waited for.
    public var slowGreetingStory: Finding? {
        guard let session, let address = session.local?.address else { return nil }
        let answer = reverseAnswer(of: address)
        let greeting: Duration
        if let took = session.greetingTook {
            guard took >= Self.slowGreeting else { return nil }
            greeting = took
        } else {
            guard session.stage == .connect, let since = session.waitingSince else { return nil }
            greeting = session.elapsed - since
            guard greeting >= Self.slowGreeting else { return nil }
        }
        let banner: Phrase =
            session.greetingTook == nil ? "no banner after \(greeting.brief)" : "the banner took \(greeting.brief)"
        switch answer?.outcome {
        case .silent:
            return Finding(
                .slowGreetingExplained, about: address.description,
                "\(banner), and the reverse lookup of our address \(address) gets no answer: "
                    + "the gateway very likely waits for that lookup before it greets")
        case .serverFailure, .refused, .lame, .unreachable, .malformed, .otherError:
            return Finding(
                .slowGreetingExplained, about: address.description,
                "\(banner), and the reverse lookup of our address \(address) fails: "
                    + "the gateway probably tries it before it greets")
        case .found, .absent:
            return Finding(
                .slowGreeting, about: address.description,
                "\(banner), but our reverse lookup answers in \(answer?.took.brief ?? ""): "
                    + "look for a greeting delay by policy, or load")
        case nil:
            return Finding(
                .slowGreeting, about: address.description,
                "\(banner), and the reverse lookup of our address \(address) has no answer yet either")
        }
    }

    /// The certificate of the session beside what the DNS and the MTA-STS policy of the domain promise of it.
    public var transportFindings: [Finding] {
        guard let session, let domain, let host = session.host.flatMap({ DNSName($0) }),
            let answers = examinations[.domain(domain)]?.answers
        else { return [] }
        return TransportJudgement(of: host, domain: domain, answers: answers, session: session).findings
            .filter { $0.kind != TransportJudgement.notReached }
    }

    /// Our envelope beside the DMARC record of the header From, which is the same address in a test message: of a session whose
    /// sender was examined.
    public var alignmentFinding: Finding? {
        for case .sender(let sender) in subjects {
            guard let answers = examinations[.domain(sender.domain)]?.answers else { continue }
            let alignment = DMARCAlignment(author: sender.domain, envelope: sender.domain)
            if let finding = alignment.finding(examinations[.sender(sender)]?.spfVerdict, answers) { return finding }
        }
        return nil
    }

    /// The name in the server's greeting beside the PTR of its address, once both are known.
    public var greetingNameFinding: Finding? {
        guard let session, let greeting = session.greeting, let address = session.remote?.address else { return nil }
        return GreetingName.finding(greeting, of: address, reverseAnswer(of: address))
    }

    /// The PTR answer for `address`, under whichever role it was examined.
    public func reverseAnswer(of address: IPAddress) -> DNSAnswer? {
        for role in [DNSSubject.AddressRole.source, .target] {
            guard let examination = examinations[.address(address, role: role)] else { continue }
            let question = DNSQuestion(DNSName(reverse: address), .ptr)
            if let answer = examination.answers[question] { return answer }
        }
        return nil
    }
}

extension FindingKind {
    static let slowGreeting = FindingKind("session.greeting.slow", .warning, .rfc(5321, "4.5.3.2.1"))
    static let slowGreetingExplained = FindingKind("session.greeting.waits-for-ptr", .delay, .rfc(5321, "4.5.3.2.1"))
}

extension SessionRecord {
    /// The envelope of the last message that was sent: as the commands said, not as the plan did.
    var sentEnvelope: (sender: String, recipients: [String]) {
        var sender = plan.reversePath
        var recipients: [String] = []
        for event in events {
            guard case .received(let reply, let stage, let command?, _, _) = event.fact, reply.isPositive else {
                continue
            }
            if stage == .sender { (sender, recipients) = (CommandText.path(in: command) ?? "", []) }
            if stage == .recipient, let path = CommandText.path(in: command) { recipients.append(path) }
        }
        return (sender, recipients)
    }
}
