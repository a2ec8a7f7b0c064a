import MailVocabulary
import SMTP
import Triage
import Wire

/// `send --all-mx`: the same rehearsal with every address of every mail exchanger of a domain, all at once, and what differs.
struct AllExchangersRun {
    let run: SendRun

    /// One address of one exchanger.
    private struct Probe: Sendable {
        let host: String
        let address: IPAddress
        var name: String { "\(host) [\(address)]" }
    }

    /// More than this at once would look like an attack.
    private static let mostAtOnce = 16

    func perform() async throws -> ExitStatus {
        guard case .domain(let domain) = run.plan.target.destination else {
            throw CommandFailure("--all-mx wants a domain: user@domain or @domain", .usage)
        }
        let engines = try run.engines()
        let found = await LiveEngines.resolve(run.plan.target, NameLookup(engines.resolver))
        if let failure = found.failure { throw CommandFailure("\(domain): \(failure.words)", .noConnection) }
        let demands = run.plan.connection
        let probes = found.candidates.flatMap { candidate in
            candidate.addresses.filter { demands.allows($0) }.map { Probe(host: candidate.host, address: $0) }
        }
        guard !probes.isEmpty else {
            throw CommandFailure(
                "\(domain): no exchanger has an address of the family that was asked for", .noConnection)
        }
        let records = await records(of: probes, NameLookup(engines.resolver))
        let verdicts = records.map { SendVerdict($0) }
        let comparison = ProbeComparison(records)
        if run.isJSON {
            try Output.json(
                MatrixJSON(
                    target: run.plan.target.typed, exchangers: found.exchangers,
                    sessions: zip(records, verdicts).map {
                        SessionJSON($0, explanation: nil, exit: $1.status, shortfall: $1.shortfall)
                    },
                    differences: comparison.differences.map { aspect in
                        MatrixJSON.Difference(
                            aspect: aspect.name,
                            values: aspect.values.map { value in
                                .init(value: value.text, hosts: value.members.map { probes[$0].name })
                            })
                    }))
        } else {
            let say = PlainWords(run.language)
            Output.line("MX \(domain): \(found.exchangers.joined(separator: ", "))")
            for (index, probe) in probes.enumerated() {
                Self.row(records[index], verdicts[index], named: probe.name, say).forEach(Output.line)
            }
            Output.line("")
            Self.lines(of: comparison, probes.map(\.name), say).forEach(Output.line)
        }
        return verdicts.first { $0.status != .done }?.status ?? .done
    }

    private func records(of probes: [Probe], _ lookUp: NameLookup) async -> [SessionRecord] {
        let run = run
        return await withTaskGroup(of: (Int, SessionRecord).self) { group in
            var records = [SessionRecord?](repeating: nil, count: probes.count)
            var next = 0
            func start() {
                guard next < probes.count else { return }
                let (index, probe) = (next, probes[next])
                next += 1
                group.addTask { (index, await Self.probe(probe, run, lookUp)) }
            }
            for _ in 0..<Self.mostAtOnce { start() }
            for await (index, record) in group {
                records[index] = record
                start()
            }
            return records.compactMap { $0 }
        }
    }

    private static func probe(_ probe: Probe, _ run: SendRun, _ lookUp: NameLookup) async -> SessionRecord {
        let driver = SessionDriver(
            resolve: { target in
                // The proxy's own name is another matter.
                guard target == run.plan.target else { return await LiveEngines.resolve(target, lookUp) }
                return Resolution(candidates: [.init(host: probe.host, addresses: [probe.address])])
            },
            trustFile: run.caFile, journalFolder: Folders.sessions)
        return await driver.run(Stamp.completed(run.plan), secret: run.secret, proxySecret: run.proxySecret)
    }

    private static func row(
        _ record: SessionRecord, _ verdict: SendVerdict, named name: String, _ say: PlainWords
    ) -> [String] {
        let greeting = record.greetingTook.map { "greeting after \($0.milliseconds) ms" as Phrase } ?? "no greeting"
        let tls: Phrase? = record.tls.map { facts in
            let objection = facts.objections.first.map { ", \($0.text)" } ?? ""
            return facts.isVerified ? "\(facts.version), verified" : "\(facts.version)\(objection)"
        }
        var end = say(
            Phrase(said: verdict.shortfall ?? (verdict.status == .done ? "done" : record.closed?.words ?? "")))
        if let index = record.decidingRefusal, case .received(let reply, let stage, _, _, _) = record.events[index].fact
        {
            end = "\(stage.rawValue): \(reply.code) \(reply.texts.first ?? "")"
        }
        return [
            "", name, say("    \(greeting); \(tls ?? "no TLS"); \(record.capabilities.count) extensions"), "    \(end)",
        ]
    }

    private static func lines(of comparison: ProbeComparison, _ names: [String], _ say: PlainWords) -> [String] {
        guard !comparison.differences.isEmpty else { return [say("no difference between them")] }
        return comparison.differences.flatMap { aspect in
            [say("differs: \(Phrase(said: aspect.name))")]
                + aspect.values.map { value in
                    "    \(value.members.map { names[$0] }.joined(separator: ", ")): \(say(Phrase(said: value.text)))"
                }
        }
    }
}

/// What `send --all-mx --json` prints.
struct MatrixJSON: Encodable {
    struct Difference: Encodable {
        let aspect: String
        let values: [Value]
    }

    struct Value: Encodable {
        let value: String
        let hosts: [String]
    }

    let version = 1
    let target: String
    let exchangers: [String]
    let sessions: [SessionJSON]
    let differences: [Difference]
}
