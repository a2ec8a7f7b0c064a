import Dashboard
import MailVocabulary
import SMTP
import Wire

/// `send --all-mx`: the same rehearsal with every address of every mail exchanger of a domain, all at once, and what differs.
struct AllExchangersRun {
    let run: SendRun

    func perform() async throws -> ExitStatus {
        guard case .domain(let domain) = run.plan.target.destination else {
            throw CommandFailure("--all-mx wants a domain: user@domain or @domain", .usage)
        }
        let live = LiveSurvey(
            lookup: NameLookup(try run.engines().resolver), caFile: run.caFile, transcripts: Folders.sessions)
        var survey = Survey(number: 1, plan: run.plan)
        for await event in live.events(run.plan, SessionSecrets(login: run.secret, proxy: run.proxySecret)) {
            survey.take(event)
        }
        if let failure = survey.failure { throw CommandFailure(failure, .noConnection) }
        let verdicts = survey.records.map { SendVerdict($0) }
        if run.isJSON {
            try Output.json(MatrixJSON(survey, verdicts))
        } else {
            printed(survey, verdicts, of: domain).forEach(Output.line)
        }
        return verdicts.first { $0.status != .done }?.status ?? .done
    }

    private func printed(_ survey: Survey, _ verdicts: [SendVerdict], of domain: String) -> [String] {
        let say = PlainWords(run.language)
        var lines = ["MX \(domain): \(survey.found.exchangers.joined(separator: ", "))"]
        for (index, record) in survey.records.enumerated() {
            let outcome = verdicts[index].shortfall.map { Phrase(said: $0) } ?? record.probeOutcome
            lines += [
                "", survey.probes[index].name, "    " + record.probeFacts.map { say($0) }.joined(separator: "; "),
            ]
            lines += ([outcome] + record.probeRemarks).map { "    " + say($0) }
        }
        for missing in survey.found.addressless {
            lines += ["", missing.exchanger, "    " + say(Phrase(said: missing.problem))]
        }
        if let words = survey.leftOutWords { lines += ["", say(words)] }
        return lines + [""] + Self.lines(of: survey, say)
    }

    private static func lines(of survey: Survey, _ say: PlainWords) -> [String] {
        let differences = survey.differences
        guard !differences.isEmpty else { return [say("no difference between them")] }
        return differences.flatMap { aspect in
            [say("differs: \(Phrase(said: aspect.name))")]
                + aspect.values.map { value in
                    let names = value.members.map { survey.probes[$0].name }.joined(separator: ", ")
                    return "    \(names): \(say(Phrase(said: value.text)))"
                }
        }
    }
}
