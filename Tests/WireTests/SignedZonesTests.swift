import DNS
import MailVocabulary
import Testing

@testable import Lab
@testable import Wire

@Suite("DNSSEC of the lab's signed zones", .timeLimit(.minutes(2)))
struct SignedZonesTests {
    /// The verdict on the MX, and what the checks say about DNSSEC and TLSA.
    static let table: [(name: String, verdict: String, findings: [String])] = [
        ("good", "secure", ["dnssec.secure"]),
        ("ending", "secure", ["dnssec.secure", "dnssec.signature-ends"]),
        ("expired", "bogus", ["dnssec.bogus", "dnssec.signature-ends"]),
        ("future", "bogus", ["dnssec.bogus"]),
        ("otherkey", "bogus", ["dnssec.bogus"]),
        ("missing", "bogus", ["dnssec.bogus"]),
        ("changed", "bogus", ["dnssec.bogus"]),
        ("address", "secure", ["dnssec.bogus", "dnssec.secure"]),
        ("unsigned", "insecure", ["dnssec.insecure"]),
        ("island", "insecure", ["dnssec.insecure"]),
        ("alias", "secure", ["dnssec.secure"]),
        ("astray", "secure", ["dnssec.secure"]),
        ("tlsa", "secure", ["dnssec.secure", "tlsa.signed"]),
        ("tlsaunsigned", "insecure", ["dnssec.insecure", "tlsa.ignored"]),
        ("tlsaunusable", "secure", ["dnssec.secure", "tlsa.unusable"]),
        ("tlsachanged", "secure", ["dnssec.bogus", "dnssec.secure"]),
        ("tlsadropped", "secure", ["dnssec.secure", "tlsa.lookup-fails"]),
    ]

    @Test("is judged as each of them deserves, without anything from outside")
    func verdicts() async throws {
        let zones = LabZones.signedMuseum()
        let names = try await LabNameServer.start(zones: zones)
        // A machine that is busy must not turn an answer into silence.
        let resolver = Resolver(server: names.endpoint, limit: .seconds(30), attempts: 1)
        let anchor = try #require(zones.trustAnchor)
        let validation = Validation(resolver, trusting: .record(anchor), limit: .seconds(60))
        for (name, verdict, expected) in Self.table {
            let domain = try DNSName(reading: "\(name).museum")
            let examination = await resolver.examine(.domain(domain), validation: validation)
            let judged = examination.answers[DNSQuestion(domain, .mx)]?.verdict
            #expect(judged?.id == verdict, "\(name): \(judged?.reason ?? "")")
            let found = Set(examination.findings.map { $0.kind.code.dropFirst(4) })
                .filter { $0.hasPrefix("dnssec") || $0.hasPrefix("tlsa") }
            #expect(found.sorted() == expected.map { $0[...] }, "\(name): \(examination.findings.map(\.message))")
        }
        await names.stop()
    }
}
