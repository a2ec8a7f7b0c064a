import MailVocabulary
import SMTP
import Triage
import Wire

/// One run of the session engine from a plan to its printed end.
struct SendRun {
    var plan: SessionPlan
    var secret: Secret?
    var proxySecret: Secret?
    var resolver: String?
    var caFile: String?
    var isJSON = false
    var language: Language?
    /// Connect again afterwards with the TLS session that the server gave.
    var resumesTLS = false
    /// Where the server's certificates go.
    var chain: ChainFile?
    /// The server's log, to be asked what became of the message.
    var log: SendLog?

    func perform() async throws -> ExitStatus {
        let engines = try engines()
        await log?.begin()
        let record = await hold(Stamp.completed(plan), engines.driver)
        let verdict = SendVerdict(record)
        // What became of the message is told however the file fares.
        var chainFault: CommandFailure?
        var isKept: Bool?
        do { isKept = try chain?.keep(record.tls) } catch let fault as CommandFailure { chainFault = fault }
        let resumption =
            resumesTLS ? await ResumptionProbe(after: record).perform { await hold($0, engines.driver) } : nil
        let smuggling = SmugglingVerdict(record)
        var status = smuggling.map { MessageSmuggling.status($0, else: verdict.status) } ?? verdict.status
        if status == .done, isKept == false { status = .protocolViolation }
        let logged = await log?.answer(to: record)
        if status == .done, record.recipientsTaken > 0, let logged { status = SendLogReport(logged).status }
        // The catalogue is read only when its words are wanted: that takes longer than the whole session.
        let told = isJSON || verdict.status != .done ? explanation(of: record) : nil
        if isJSON {
            var json = SessionJSON(
                record, explanation: (told?.explanation).map(ExplanationJSON.init), exit: status,
                shortfall: verdict.shortfall)
            json.resumption = resumption?.json
            json.log = logged.map { SendLogJSON($0) }
            try Output.json(json)
        } else if let smuggling {
            MessageSmuggling.lines(smuggling, PlainWords(language)).forEach(Output.line)
        } else if let shortfall = verdict.shortfall {
            Output.complain(shortfall)
        } else if let told {
            told.lines.forEach(Output.line)
        }
        if !isJSON, let resumption { Output.line("-- " + PlainWords(language)(Phrase(said: resumption.words))) }
        if !isJSON, let logged { SendLogReport(logged).lines(PlainWords(language)).forEach(Output.line) }
        if let chainFault { throw chainFault }
        return status
    }

    private func hold(_ plan: SessionPlan, _ driver: SessionDriver) async -> SessionRecord {
        let isQuiet = isJSON
        return await driver.run(plan, secret: secret, proxySecret: proxySecret) { event in
            guard !isQuiet else { return }
            for line in TranscriptText.lines(of: event) { Output.line(line) }
        }
    }

    /// The engines for this run.
    /// - Throws: `CommandFailure` for a name server, a cipher list or a file that cannot be used.
    func engines() throws -> LiveEngines {
        let files = [caFile, plan.security.certificateFile, plan.security.keyFile].compactMap(\.self)
        for file in files {
            do { _ = try SmallFile.read(file, limit: 16 << 20) } catch { throw CommandFailure("\(error)", .cannotRead) }
        }
        let engines = LiveEngines(
            asking: try ResolverChoice.servers(resolver), caFile: caFile, transcripts: Folders.sessions)
        if caFile != nil || plan.security != TLSDemands(), let fault = engines.driver.fault(in: plan.security) {
            guard files.contains(where: { fault.contains($0) }) else { throw CommandFailure("TLS: \(fault)", .usage) }
            throw CommandFailure("TLS: \(fault); what is wanted is a PEM file", .cannotRead)
        }
        return engines
    }

    /// What the reply or event means that decided the session; nothing when all went well.
    private func explanation(of record: SessionRecord) -> (explanation: ReplyExplanation, lines: [String])? {
        var incident = Incident()
        incident.sessions = [record]
        guard let event = record.decidingRefusal ?? record.acceptanceEvent ?? record.tellingEvent,
            let query = incident.query(for: .event(session: 0, event: event))
        else { return nil }
        let language = language ?? .preferred
        let catalogue = CatalogueChoice.reading(for: language).catalogue
        let explanation = catalogue.explain(query, in: language)
        return (explanation, ExplanationText.lines(explanation, catalogue, language))
    }
}
