import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

/// What a report says: what was tested, what came of it, what it means, the names, the log.
extension Dashboard {
    /// The report in a form, with names hidden when `isPrivate`.
    public func report(as format: ReportFormat = .markdown, isPrivate: Bool = false) -> String {
        let text = format == .json ? reportJSON : reportBlocks.written(as: format)
        return isPrivate ? mask.hide(text) : text
    }

    /// What hides names on the screen and in files, with the same result.
    var mask: Mask { Mask(salt: settings.maskSalt) }

    /// There is something to report.
    var hasReport: Bool { incident.session != nil || !incident.subjects.isEmpty || survey?.records.isEmpty == false }

    /// A name for the file, without its end.
    var reportStem: String {
        let name = incident.session?.host ?? incident.domain?.description ?? "incident"
        let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "-" }
        return "porthole-\(String(safe.prefix(80)))"
    }

    private var reportBlocks: [ReportBlock] {
        var blocks: [ReportBlock] = [.title(words("Porthole report"))] + headBlocks + walkthroughBlocks + findingBlocks
        for (index, session) in incident.sessions.enumerated() { blocks += sessionBlocks(session, number: index + 1) }
        if let survey, !survey.records.isEmpty { blocks += surveyBlocks(survey) }
        if let explanation = explanation?.explanation {
            blocks += [
                .heading(words("What it means")), .paragraph(words("\(explanation.title). \(explanation.meaning)")),
                .list(
                    explanation.causes.map { cause in
                        let verdict = incident.verdict(on: cause, of: explanation).map { " (\(words($0.words)))" } ?? ""
                        return words("likely: \(cause.text)") + verdict
                    } + explanation.next.map { words("next: \($0.text)") }),
            ]
        }
        let findings = dnsFindings + [incident.slowGreetingStory].compactMap { $0 }
        if !findings.isEmpty {
            let gravest = findings.enumerated()
                .sorted { ($1.element.kind.severity, $0.offset) < ($0.element.kind.severity, $1.offset) }.map(\.element)
            let lines = gravest.map {
                "\(words($0.kind.severity.phrase)): \(words($0.phrase)) (\($0.kind.code), \($0.kind.citation))"
            }
            blocks += [.heading(words("Names")), .list(lines)]
        }
        if let trace = incident.messageTrace ?? incident.connectionTrace?.trace {
            blocks += [.heading(words("Log")), .paragraph(words(trace.phrase)), .lines(reportedLogLines)]
        }
        return blocks
    }

    /// The lines of our message or connection that are still kept.
    private var reportedLogLines: [String] {
        let trace = incident.messageTrace ?? incident.connectionTrace?.trace
        let ordinals = trace?.keys.first.flatMap { incident.log?.index.lineOrdinals(of: $0) } ?? []
        return ordinals.compactMap { incident.log?[$0] }.map { EvidenceText.escaped($0.bytes) }
    }

    private func sessionBlocks(_ session: SessionRecord, number: Int) -> [ReportBlock] {
        var blocks: [ReportBlock] = [
            .heading(words("Session \(number): \(session.plan.target.typed)") + ", \(words(session.envelopeWords))")
        ]
        if !session.plan.message.date.isEmpty {
            blocks.append(.paragraph(words("Begun \(session.plan.message.date).")))
        }
        blocks.append(
            .table(
                head: [words("step"), words("what"), words("reply"), words("time")],
                rows: session.steps.map {
                    let time = $0.took?.brief ?? words($0.verdict.phrase)
                    return [$0.stage.stepName, words(Phrase(said: $0.request)), words($0.phrase), time]
                }))
        if let closed = session.closed, closed.leavesOutcomeUnknown(at: session.stage) {
            blocks.append(.paragraph(words("Outcome unknown: the connection ended after the final dot.")))
        }
        blocks += [.lines(session.events.flatMap { TranscriptText.lines(of: $0) })]
        return blocks
    }

    private func surveyBlocks(_ survey: Survey) -> [ReportBlock] {
        let rows = survey.records.indices.map { index in
            let record = survey.records[index]
            let isGreeted = record.progress.isGreeted
            return [
                survey.probes[index].name, record.greetingTook?.brief ?? words("none"),
                isGreeted ? "\(record.capabilities.count)" : "", isGreeted ? words(record.tlsWords) : "",
                ([record.probeOutcome] + record.probeRemarks).map(words).joined(separator: "; "),
            ]
        }
        let addressless = survey.found.addressless.map {
            [$0.exchanger, "", "", "", words(Phrase(said: $0.problem))]
        }
        let differences = survey.differences.flatMap { aspect in
            aspect.values.map { value in
                let names = value.members.map { survey.probes[$0].name }.joined(separator: ", ")
                return "\(aspect.name): \(value.text) (\(names))"
            }
        }
        return [
            .heading(words("Mail exchangers of \(survey.plan.target.typed)")),
            .table(
                head: ["exchanger", "greeting", "extensions", "TLS", "outcome"].map { words($0) },
                rows: rows + addressless),
            .list(
                (differences.isEmpty ? [words("no difference between them")] : differences)
                    + [survey.leftOutWords].compactMap { $0.map(words) }),
        ]
    }

    private var reportJSON: String {
        let sessions = incident.sessions.map(Self.json)
        let findings = (dnsFindings + [incident.slowGreetingStory].compactMap { $0 }).map {
            JSONText.object([("code", .string($0.kind.code)), ("message", .string($0.message))])
        }
        var fields: [(String, JSONText)] = [
            ("version", .number(1)), ("walkthrough", walkthroughJSON),
            (
                "overview",
                .array(
                    overviewFindings.map {
                        .object([("severity", .string("\($0.severity)")), ("text", .string($0.text.description))])
                    })
            ), ("sessions", .array(sessions)), ("findings", .array(findings)),
            ("logLines", .array(reportedLogLines.map { .string($0) })),
        ]
        if let explanation = explanation?.explanation {
            fields.append(
                (
                    "explanation",
                    .object([
                        ("title", .string(explanation.title)), ("meaning", .string(explanation.meaning)),
                        ("causes", .array(explanation.causes.map { .string($0.text) })),
                        ("next", .array(explanation.next.map { .string($0.text) })),
                    ])
                ))
        }
        if let survey, !survey.records.isEmpty {
            fields.append(
                (
                    "exchangers",
                    .array(
                        survey.records.indices.map { index in
                            .object([
                                ("name", .string(survey.probes[index].name)),
                                ("session", Self.json(survey.records[index])),
                            ])
                        })
                ))
        }
        return JSONText.object(fields).written() + "\n"
    }

    private var walkthroughJSON: JSONText {
        guard let walkthrough, let plan = incident.main?.plan ?? settings.plan else { return .null }
        let summary = WalkthroughSummary(walkthrough, incident, plan)
        return .object([
            ("name", .string(walkthrough.procedureID)), ("ended", .string(walkthrough.isAtEnd ? "yes" : "no")),
            (
                "steps",
                .array(
                    summary.entries.map {
                        .object([
                            ("step", .string($0.step.id)), ("command", .string($0.command.description)),
                            ("observed", .string($0.outcome.observed.description)),
                            ("verdict", .string($0.outcome.verdict.rawValue)),
                            ("meaning", .string($0.outcome.reading.description)),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ session: SessionRecord) -> JSONText {
        .object([
            ("target", .string(session.plan.target.typed)), ("host", .string(session.host ?? "")),
            ("begun", .string(session.plan.message.date)), ("closed", .string(session.closed?.words ?? "")),
            ("tls", .string(session.tls.map { "\($0.version) \($0.cipher)" } ?? "")),
            ("capabilities", .array(session.capabilities.map { .string($0.description) })),
            (
                "steps",
                .array(
                    session.steps.map {
                        .object([
                            ("stage", .string($0.stage.rawValue)), ("request", .string($0.request)),
                            ("outcome", .string($0.outcome)), ("verdict", .string($0.verdict.rawValue)),
                            ("ms", $0.took.map { .number($0.milliseconds) } ?? .null),
                        ])
                    })
            ), ("transcript", .array(session.events.flatMap { TranscriptText.lines(of: $0) }.map { .string($0) })),
        ])
    }
}
