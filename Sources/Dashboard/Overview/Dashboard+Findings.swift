import MailLog
import MailVocabulary
import SMTP
import Triage

/// What stands in the way of mail, from every pane, the gravest first.
extension Dashboard {
    public var overviewFindings: [OverviewFinding] {
        let all = sessionFindings + nameOverview + ownLogFindings + everybodysFindings
        // Stable: what is found first stays first among its like.
        return Severity.allCases.reversed().filter { $0 > .note }.flatMap { severity in
            all.filter { $0.severity == severity }
        }
    }

    private var sessionFindings: [OverviewFinding] {
        guard let index = incident.current else { return [] }
        let session = incident.sessions[index]
        var findings: [OverviewFinding] = []
        func add(_ severity: Severity, _ text: Phrase, at event: Int?) {
            let place = event ?? max(0, session.events.count - 1)
            findings.append(
                OverviewFinding(severity: severity, text: text, evidence: .event(session: index, event: place)))
        }
        if let event = session.decidingRefusal,
            case .received(let reply, let stage, _, _, _) = session.events[event].fact
        {
            let isTransient = reply.code.severity == .transient
            add(
                isTransient ? .delay : .failure,
                Phrase(quoting: "\(stage.stepName): \(reply.code) \(reply.texts.first ?? "")"), at: event)
        }
        if let closed = session.closed, !closed.isOrderly {
            add(.failure, Phrase(said: closed.words), at: session.events.lastIndex { $0.fact.endsConnection })
        }
        if let story = incident.slowGreetingStory {
            let event = session.events.firstIndex {
                if case .received(_, .connect, _, _, _) = $0.fact { true } else { false }
            }
            add(story.kind.severity, story.phrase, at: event)
        }
        if let tls = session.tls, let objection = tls.objections.first {
            let event = session.events.firstIndex { if case .secured = $0.fact { true } else { false } }
            add(.warning, "the certificate is not verified: \(objection.text)", at: event)
        }
        if !session.deviations.isEmpty {
            findings.append(
                OverviewFinding(
                    severity: .warning,
                    text: session.deviations.count == 1
                        ? "1 deviation from the protocol" : "\(session.deviations.count) deviations from the protocol",
                    evidence: .deviations))
        }
        return findings
    }

    private var nameOverview: [OverviewFinding] {
        var findings = dnsFindings.map {
            OverviewFinding(
                severity: $0.kind.severity, text: $0.phrase, evidence: .names(words($0.phrase)))
        }
        if let survey, survey.isDone, !survey.differences.isEmpty {
            findings.append(
                OverviewFinding(
                    severity: .warning, text: "the exchangers differ in \(survey.differences.count) respects",
                    evidence: .exchangers))
        }
        return findings
    }

    /// What the log says of our message or connection, and of itself.
    private var ownLogFindings: [OverviewFinding] {
        var findings: [OverviewFinding] = []
        for log in logs {
            guard case .trouble(let sentence) = log.state else { continue }
            findings.append(OverviewFinding(severity: .failure, text: Phrase(said: sentence), evidence: .logs))
        }
        if let trace = incident.messageTrace, let key = incident.acceptedMessage ?? trace.keys.first {
            findings += trace.findings.map {
                OverviewFinding(severity: $0.kind.severity, text: $0.phrase, evidence: .log(key))
            }
        }
        return findings
    }

    /// What the log says of everybody over its last minutes.
    private var everybodysFindings: [OverviewFinding] {
        guard let summary = logReading?.summary else { return [] }
        var findings = summary.reasons.map { reason -> OverviewFinding in
            // One client's refusals are its own trouble, those of many are ours.
            let severity: Severity = reason.clients > 1 ? .failure : .warning
            let evidence = reason.latest.map { OverviewFinding.Evidence.log($0) } ?? .logs
            return OverviewFinding(
                severity: severity, text: Self.refusals(reason),
                evidence: evidence)
        }
        let ends: [(Trace.Outcome, Severity)] = [
            (.bounced, .failure), (.expired, .failure), (.rejected, .failure), (.delayed, .delay),
            (.quarantined, .warning), (.dropped, .warning),
        ]
        for (outcome, severity) in ends {
            guard let count = summary.recipients[outcome], count > 0 else { continue }
            findings.append(
                OverviewFinding(severity: severity, text: outcome.count(count), evidence: .outcome(outcome)))
        }
        if let slow = summary.slow.first, let key = slow.key {
            findings.append(
                OverviewFinding(
                    severity: .delay,
                    text:
                        "slow connections \(summary.slowCount), clients \(summary.slowClients), up to \(slow.seconds) s",
                    evidence: .log(key)))
        }
        return findings
    }

    /// A log that does not name the client has none to count.
    private static func refusals(_ reason: LogCount) -> Phrase {
        reason.clients == 0
            ? "refusals \(reason.count): \(reason.name)"
            : "refusals \(reason.count), clients \(reason.clients): \(reason.name)"
    }
}

extension Trace.Outcome {
    /// `recipients bounced: 3`: true of one, too.
    func count(_ number: Int) -> Phrase {
        switch self {
        case .pending: "recipients pending: \(number)"
        case .delivered: "recipients delivered: \(number)"
        case .delayed: "recipients delayed: \(number)"
        case .bounced: "recipients bounced: \(number)"
        case .expired: "recipients given up as too old: \(number)"
        case .quarantined: "recipients quarantined: \(number)"
        case .dropped: "recipients dropped: \(number)"
        case .rejected: "recipients rejected: \(number)"
        case .aborted: "recipients aborted: \(number)"
        }
    }
}

extension SessionFact {
    /// It is the end of the connection.
    fileprivate var endsConnection: Bool {
        switch self {
        case .closed: true
        case .resolved, .connecting, .connected, .sent, .sentMessage, .replyBegan, .received, .secured, .oddity,
            .waiting,
            .gaveUp, .note:
            false
        }
    }
}
