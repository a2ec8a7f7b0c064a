import DNS
import MailVocabulary
import Testing

@testable import Lab
@testable import Wire

@Suite("MTA-STS policies of the lab's web server", .timeLimit(.minutes(2)))
struct PolicyWingTests {
    /// What the policy of a domain comes to, fetched as a sender does.
    static let table: [(name: String, findings: [String])] = [
        ("good", []), ("ststesting", ["mta-sts.mode"]), ("stsoff", ["mta-sts.mode"]),
        ("stsshort", ["mta-sts.short-age"]), ("stsunlisted", ["mta-sts.mx-not-listed"]),
        ("stsunlistedtest", ["mta-sts.mode", "mta-sts.mx-not-listed"]), ("stsmode", ["mta-sts.policy-syntax"]),
        ("stsmissing", ["mta-sts.policy-fails"]), ("stsmoved", ["mta-sts.policy-fails"]),
        ("stshtml", ["mta-sts.policy-fails"]), ("stslong", ["mta-sts.policy-fails"]),
        ("stsname", ["mta-sts.policy-fails"]), ("stsnohost", ["mta-sts.policy-fails"]),
    ]

    @Test("are fetched over HTTPS and judged as each of them deserves")
    func judged() async throws {
        #expect(Self.table.map(\.name) == PolicyExhibit.all.map(\.name))
        var options = LabOptions()
        (options.holdsMuseum, options.linesPerSecond, options.historyLines) = (true, 0, 0)
        let lab = try await Lab.start(options)
        // A machine that is busy must not turn an answer into silence.
        let resolver = Resolver(server: lab.nameServer, limit: .seconds(30), attempts: 1)
        let lookup = NameLookup(resolver, hosts: HostsFile(""))
        let fetcher = PolicyFetcher(lookup, trustFile: lab.caPath, port: try #require(lab.https?.port))
        for (name, expected) in Self.table {
            let domain = try DNSName(reading: "\(name).museum.test")
            let findings = await resolver.examine(.domain(domain), fetcher: fetcher).findings
            let found = findings.filter { $0.kind.code.hasPrefix("dns.mta-sts.") && $0.kind.severity > .fine }
            #expect(
                found.map { String($0.kind.code.dropFirst(4)) }.sorted() == expected,
                "\(name): \(findings.map(\.message))")
        }
        await lab.stop()
    }
}
