import Canvas
import MailLog
import MailVocabulary
import SMTP
import Triage

extension Sheet {
    /// The live triage: how the gateway stands, and what needs somebody first.
    static let overview = Sheet(
        id: .overview, title: "Live triage", key: .character("0"),
        trailing: { "\($0.overviewFindings.count) findings" },
        content: { dashboard, columns, cursor in
            var content = Content(rows: dashboard.overviewStateRows(columns))
            content.rows.append(Row())
            let findings = dashboard.overviewFindings
            if findings.isEmpty {
                let text: Phrase =
                    dashboard.incident.session == nil && dashboard.incident.log == nil
                    ? "nothing has been asked yet: r connects and runs up to RCPT, :log open follows a log"
                    : "nothing has been found that stands in the way"
                content.rows.append(dashboard.row(text, .muted))
            } else {
                content.rows.append(dashboard.row("What needs you first", .title))
            }
            for (index, finding) in findings.enumerated() {
                content.add(entry: dashboard.overviewRows(finding, columns, isSelected: index == cursor))
            }
            return content
        },
        choose: { dashboard, place in
            let findings = dashboard.overviewFindings
            if findings.indices.contains(place) { dashboard.show(evidenceOf: findings[place]) }
            return []
        },
        hints: [("Enter", "evidence"), ("r", "run"), ("x", "export")])
}

/// How the overview looks.
extension Dashboard {
    fileprivate func overviewStateRows(_ columns: Int) -> [Row] {
        var rows: [Row] = []
        func add(_ label: Phrase, _ text: PrintableText, _ role: Role = .text) {
            let head = say(label).clipped(to: 10).padded(to: 11)
            let lines = text.wrapped(to: max(10, columns - 11))
            for (index, line) in lines.prefix(2).enumerated() {
                rows.append(Row([Span(index == 0 ? head : PrintableText(blanks: 11), .muted), Span(line, role)]))
            }
        }
        let (gateway, gatewayRole) = gatewayState
        add("gateway", gateway, gatewayRole)
        if let session = incident.session {
            let (tls, tlsRole) = tlsState(session)
            add("TLS", tls, tlsRole)
            let (banner, bannerRole) = bannerState(session)
            add("greeting", banner, bannerRole)
        }
        let (names, namesRole) = namesState
        add("MX/DNS", names, namesRole)
        let (log, logRole) = logState
        add("log", log, logRole)
        if let deliveries = deliveryState { add("deliveries", deliveries) }
        if let repetition {
            let changed: Phrase =
                "every \(repetition.every.brief), \(incident.sessions.count) sessions, \(repetition.changes) changes"
            add("repeated", say(changed), repetition.changes > 0 ? .temporary : .text)
        }
        return rows
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
            return (text + "  " + PrintableText(untrusted: closed.words), closed.isOrderly ? .text : .permanent)
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
        let severities = dnsFindings.map(\.kind.severity)
        func count(_ severity: Severity) -> Int { severities.count { $0 == severity } }
        let text: Phrase =
            "failures \(count(.failure)), delays \(count(.delay)), warnings \(count(.warning)), unknown \(count(.unknown))"
        return (say(text), count(.failure) > 0 ? .permanent : count(.delay) > 0 ? .temporary : .text)
    }

    private var logState: (PrintableText, Role) {
        guard let log = shownLog else { return (say("none is followed: :log open PATH"), .muted) }
        if case .trouble(let sentence) = log.state { return (PrintableText(untrusted: sentence), .permanent) }
        guard let summary = logReading?.summary, let before = logReading?.before else {
            return (say("no lines yet"), .muted)
        }
        let text: Phrase =
            "the \(LogReading.minutes) min to \(summary.to): \(summary.connections) connections, "
            + "\(summary.refusedConnections) refused (before: \(before.refused)), "
            + "\(summary.messages) messages (before: \(before.messages))"
        let isWorse = summary.refusedConnections > 2 * before.refused
        return (say(text), isWorse && summary.refusedConnections > 0 ? .temporary : .text)
    }

    private var deliveryState: PrintableText? {
        guard let recipients = logReading?.summary.recipients, !recipients.isEmpty else { return nil }
        let order: [Trace.Outcome] = [
            .delivered, .pending, .delayed, .bounced, .expired, .rejected, .quarantined, .dropped, .aborted,
        ]
        let parts = order.compactMap { outcome in recipients[outcome].map { words(outcome.share($0)) } }
        return PrintableText(untrusted: parts.joined(separator: "   "))
    }

    fileprivate func overviewRows(_ finding: OverviewFinding, _ columns: Int, isSelected: Bool) -> [Row] {
        let (sign, role) = look(of: finding.severity)
        let place = PrintableText(finding.pane.rawValue) + " " + say(Pane[finding.pane].title)
        let room = max(10, columns - 16 - place.width)
        let lines = say(finding.text).wrapped(to: room)
        return lines.prefix(3).enumerated().map { index, line in
            guard index == 0 else { return Row([Span(PrintableText(blanks: 13)), Span(line)]) }
            return Row(
                [
                    Span(isSelected ? "> " : "  ", .hintKey), Span(sign + " ", role),
                    Span(say(finding.severity.phrase).clipped(to: 8).padded(to: 9), role), Span(line),
                ], trailing: [Span(place, .muted)], isSelected: isSelected)
        }
    }

    private func look(of severity: Severity) -> (PrintableText, Role) {
        switch severity {
        case .failure: (settings.glyphs.fail, .permanent)
        case .delay, .warning: ("!", .temporary)
        case .unknown: ("?", .muted)
        case .note, .fine: ("-", .muted)
        }
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
