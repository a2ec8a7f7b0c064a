import Canvas
import MailLog
import MailVocabulary
import SMTP
import Triage

/// One line of how the gateway stands.
public struct OverviewLine: Hashable, Sendable {
    /// What it is about: `gateway`, `greeting`, `log`.
    public let label: Phrase
    /// What is known of it, in the language that is shown.
    public let text: PrintableText
    let role: Role
}

extension Dashboard {
    /// How the gateway stands: the connection, TLS, the greeting, names, the log's last minutes, what is repeated.
    public var overviewLines: [OverviewLine] {
        var lines: [OverviewLine] = []
        func add(_ label: Phrase, _ state: (PrintableText, Role)) {
            lines.append(OverviewLine(label: label, text: state.0, role: state.1))
        }
        add("gateway", gatewayState)
        if let session = incident.session {
            add("TLS", tlsState(session))
            add("greeting", bannerState(session))
        }
        add("MX/DNS", namesState)
        add("log", logState)
        if let deliveries = deliveryState { add("deliveries", (deliveries, .text)) }
        if let clients = busiest(logReading?.summary.addresses) { add("clients", (clients, .text)) }
        if let senders = busiest(logReading?.summary.senders) { add("senders", (senders, .text)) }
        if let repetition {
            let changed: Phrase =
                "every \(repetition.every.brief), \(incident.sessions.count) sessions, \(repetition.changes) changes"
            add("repeated", (say(changed), repetition.changes > 0 ? .temporary : .text))
        }
        return lines
    }

    private var gatewayState: (PrintableText, Role) {
        guard let session = incident.session else {
            guard let target = settings.target else { return (say("no server yet: e or :connect names one"), .muted) }
            return (PrintableText(untrusted: target.typed) + "  " + say("not connected yet: r"), .muted)
        }
        let name = session.host ?? session.plan.target.name
        var text = PrintableText(untrusted: "\(name):\(session.remote?.port ?? session.plan.target.port)")
        if let address = session.remote?.address.description, address != name {
            text += "  " + PrintableText(untrusted: address)
        }
        if let closed = session.closed {
            return (text + "  " + say(Phrase(said: closed.words)), closed.isOrderly ? .text : .permanent)
        }
        guard session.isOpen else { return (text + "  " + say("connecting"), .temporary) }
        let took = session.connectTook.map { say("open, TCP in \($0.brief)") } ?? say("connection open")
        return (text + "  " + took, .ok)
    }

    private func tlsState(_ session: SessionRecord) -> (PrintableText, Role) {
        if let tls = session.tls {
            let text = PrintableText(untrusted: "\(tls.version) \(tls.cipher)  ")
            if let objection = tls.objections.first {
                return (text + say("not verified: \(objection.text)"), .temporary)
            }
            return (text + say(tls.isVerified ? "certificate verified" : "resumed, no certificate seen"), .ok)
        }
        if session.capabilities.isEmpty { return (say("not known yet"), .muted) }
        let isOffered = session.capabilities.contains { $0.name == "STARTTLS" }
        return (say(isOffered ? "in clear: STARTTLS is offered" : "in clear: STARTTLS is not offered"), .temporary)
    }

    private func bannerState(_ session: SessionRecord) -> (PrintableText, Role) {
        if let took = session.greetingTook {
            let text = PrintableText(untrusted: "\(took.brief)  \(session.greeting?.texts.first ?? "")")
            return (text, took >= Incident.slowGreeting ? .stepSlow : .text)
        }
        guard session.stage == .connect, let since = session.waitingSince, session.closed == nil else {
            return (say("none"), .muted)
        }
        let passed = max(.zero, now - sessionBegan - since).components.seconds
        return (say("awaited for \(passed) s"), passed >= 2 ? .stepSlow : .text)
    }

    private var namesState: (PrintableText, Role) {
        guard !incident.subjects.isEmpty else { return (say("not looked up yet: d"), .muted) }
        let worst = dnsFindings.map(\.kind.severity).max()
        return (say(dnsFindings.tally), worst == .failure ? .permanent : worst == .delay ? .temporary : .text)
    }

    private var logState: (PrintableText, Role) {
        guard let log = shownLog else { return (say("none is followed: :log open PATH"), .muted) }
        if case .trouble(let sentence) = log.state { return (say(Phrase(said: sentence)), .permanent) }
        guard let reading = logReading else { return (say("no lines yet"), .muted) }
        let summary = reading.summary
        let counts: Phrase =
            "connections \(summary.connections), refused \(summary.refusedConnections), messages \(summary.messages)"
        guard let before = reading.before else {
            let rest: Phrase =
                incident.log?.isTail == true
                ? "; older lines were not read: :log top 30m reads them" : "; there are no older lines"
            let text: Phrase =
                reading.isWhole
                ? "the \(LogReading.minutes) min to \(summary.to): \(counts)\(rest)"
                : "only from \(summary.from) to \(summary.to): \(counts)\(rest)"
            return (say(text), summary.refusedConnections > 0 ? .temporary : .text)
        }
        let text: Phrase =
            "the \(LogReading.minutes) min to \(summary.to): connections \(summary.connections), "
            + "refused \(summary.refusedConnections) (before: \(before.refused)), "
            + "messages \(summary.messages) (before: \(before.messages))"
        let isWorse = summary.refusedConnections > 2 * before.refused
        return (say(text), isWorse && summary.refusedConnections > 0 ? .temporary : .text)
    }

    /// Those with most connections, or of most messages.
    private func busiest(_ counts: [LogCount]?) -> PrintableText? {
        guard let counts, !counts.isEmpty else { return nil }
        return PrintableText(untrusted: counts.prefix(3).map { "\($0.name) \($0.count)" }.joined(separator: "   "))
    }

    private var deliveryState: PrintableText? {
        guard let recipients = logReading?.summary.recipients, !recipients.isEmpty else { return nil }
        let order: [Trace.Outcome] = [
            .delivered, .pending, .delayed, .bounced, .expired, .rejected, .quarantined, .dropped, .aborted,
        ]
        let parts = order.compactMap { outcome in recipients[outcome].map { words(outcome.share($0)) } }
        return PrintableText(untrusted: parts.joined(separator: "   "))
    }
}

extension Trace.Outcome {
    /// `bounced 3`.
    fileprivate func share(_ number: Int) -> Phrase {
        switch self {
        case .pending: "pending \(number)"
        case .delivered: "delivered \(number)"
        case .delayed: "delayed \(number)"
        case .bounced: "bounced \(number)"
        case .expired: "too old \(number)"
        case .quarantined: "quarantined \(number)"
        case .dropped: "dropped \(number)"
        case .rejected: "rejected \(number)"
        case .aborted: "aborted \(number)"
        }
    }
}
