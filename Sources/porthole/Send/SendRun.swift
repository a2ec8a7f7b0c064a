import MailVocabulary
import SMTP
import Triage
import Wire

/// One run of the session engine from a plan to its printed end.
struct SendRun {
    var plan: SessionPlan
    var secret: Secret?
    var resolver: String?
    var caFile: String?
    var isJSON = false
    var language: Language?

    func perform() async throws -> ExitStatus {
        let engines = try engines()
        let isQuiet = isJSON
        let record = await engines.driver.run(Stamp.completed(plan), secret: secret) { event in
            guard !isQuiet else { return }
            for line in TranscriptText.lines(of: event) { Output.line(line) }
        }
        let verdict = SendVerdict(record)
        let smuggling = SmugglingVerdict(record)
        let status = smuggling.map { MessageSmuggling.status($0, else: verdict.status) } ?? verdict.status
        // The catalogue is read only when its words are wanted: that takes longer than the whole session.
        let explanation = isJSON || status != .done ? try explanation(of: record) : nil
        if isJSON {
            try Output.json(
                SessionJSON(
                    record, explanation: explanation.map(ExplanationJSON.init), exit: status,
                    shortfall: verdict.shortfall))
        } else if let smuggling {
            MessageSmuggling.lines(smuggling).forEach(Output.line)
        } else if let shortfall = verdict.shortfall {
            Output.complain(shortfall)
        } else if let explanation {
            ExplanationText.lines(explanation).forEach(Output.line)
        }
        return status
    }

    /// The engines for this run.
    /// - Throws: `CommandFailure` for a name server, a cipher list or a file that cannot be used.
    func engines() throws -> LiveEngines {
        let engines = LiveEngines(
            server: try ResolverChoice.server(resolver), caFile: caFile, transcripts: Folders.sessions)
        if caFile != nil || plan.security != TLSDemands(), let fault = engines.driver.fault(in: plan.security) {
            throw CommandFailure("TLS: \(fault)", .usage)
        }
        return engines
    }

    /// What the reply or event means that decided the session; nothing when all went well.
    private func explanation(of record: SessionRecord) throws -> ReplyExplanation? {
        var incident = Incident()
        incident.sessions = [record]
        guard let event = record.decidingRefusal ?? record.acceptanceEvent ?? record.tellingEvent,
            let query = incident.query(for: .event(session: 0, event: event))
        else { return nil }
        return CatalogueChoice.reading().catalogue.explain(query, in: language ?? .preferred)
    }
}
