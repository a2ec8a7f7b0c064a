import ArgumentParser
import Assets
import Canvas
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole send`: the session engine without a screen.
struct Send: HeadlessCommand {
    static let configuration = CommandConfiguration(
        abstract: "The session engine without a screen; stops after RCPT unless --send.")

    @Argument(help: "host, host:port, [v6]:port, smtps://host, user@domain (walks the MX).")
    var target: String = ""

    @OptionGroup var envelope: EnvelopeOptions

    @Flag(help: "Really send one test message.")
    var send = false

    @Flag(help: "One JSON object with the whole session.")
    var json = false

    @Option(help: "The language of explanations: en or ja.")
    var lang: Language?

    func perform() async throws -> ExitStatus {
        let target = try envelope.target(target)
        var plan = SessionPlan(
            target: target, helloName: try envelope.checkedHelo(), reversePath: try envelope.checkedFrom(),
            recipients: try envelope.recipients(target), tls: envelope.tls, stopAfter: send ? .endOfData : .recipient,
            message: TestMessage(subject: try envelope.checkedSubject(), body: envelope.body + "\n"))
        if send, plan.recipients.isEmpty {
            throw CommandFailure("--send needs a recipient: --to USER@DOMAIN, or a target like user@domain", .usage)
        }
        plan = Stamp.completed(plan)
        let engines = LiveEngines(
            server: try ResolverChoice.server(envelope.resolver), caFile: envelope.caFile, transcripts: Folders.sessions
        )
        let isQuiet = json
        let record = await engines.driver.run(plan) { event in
            guard !isQuiet else { return }
            for line in TranscriptText.lines(of: event) { Output.line(line) }
        }
        let status = ExitStatus(record)
        let explanation = try explanation(of: record)
        if json {
            try Output.json(SessionJSON(record, explanation: explanation.map(ExplanationJSON.init), exit: status))
        } else if let explanation, status != .done {
            ExplanationText.lines(explanation).forEach(Output.line)
        }
        return status
    }

    /// What the reply or event means that decided the session; nothing when all went well.
    private func explanation(of record: SessionRecord) throws -> ReplyExplanation? {
        var incident = Incident()
        incident.sessions = [record]
        guard let event = record.firstRefusal ?? record.acceptanceEvent ?? record.tellingEvent,
            let query = incident.query(for: .event(session: 0, event: event))
        else { return nil }
        return try CatalogueAssets.load().explain(query, in: lang ?? .preferred)
    }
}
