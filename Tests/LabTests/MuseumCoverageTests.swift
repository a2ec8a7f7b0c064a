import DNS
import MailVocabulary
import Testing

@testable import Lab

@Suite("The museum's catalogue")
struct MuseumCoverageTests {
    /// Kinds that no exhibit gives, and why.
    static let without: [String: String] = [
        "dns.zone.ipv6-not-asked": "about the network of this machine, not about a zone",
        "dns.mta-sts.changed": "needs two looks at one policy: the policy's own tests",
        "dns.lookup.unreachable": "a closed port has no zone: the resolver's tests",
        "dns.resolver.down": "a resolver that is down shows no zone: the check's own tests",
        "dns.sender.encoded-local-part": "about what was typed, not about a zone: the check's own tests",
        "dns.dnssec.not-validated": "about the resolver: the tests of validation",
    ]

    @Test("lists every domain that has an expected finding, and each once")
    func listed() {
        let listed = LabZones.museum().exhibits.map(\.description)
        let expected = NameServerMuseumTests.table.map { "\($0.0).museum.test" }
        // The one exhibit that is not there.
        #expect(Set(expected).subtracting(listed) == ["gone.museum.test"])
        #expect(Set(listed).count == listed.count)
        #expect(LabZones.signedMuseum().exhibits.map(\.description).contains("expired.museum"))
    }

    @Test("has an exhibit for every kind of finding, or says why there is none")
    func every() throws {
        var seen: Set<String> = []
        func note(_ findings: [Finding]) { seen.formUnion(findings.map(\.kind.code)) }
        let visit = MuseumVisit(.museum())
        for (name, _) in NameServerMuseumTests.table where name != "many" {
            note(visit.examine(.domain(try DNSName(reading: "\(name).museum.test"))).findings)
        }
        for name in ["servfail", "refused", "lame", "malformed", "silent", "notimp", "notcp"] {
            note(visit.examine(.domain(try DNSName(reading: "\(name).museum.test"))).findings)
        }
        // Sixty exchangers take their time: the table's own test looks at them.
        for (name, codes) in NameServerMuseumTests.table where name == "many" {
            seen.formUnion(codes.map { "dns." + $0 })
        }
        for (name, _) in Museum.lists {
            let list = try DNSName(reading: "\(name).museum.test")
            note(visit.examine(.listing(IPAddress(v4: 192, 0, 2, 99), on: [list])).findings)
        }
        for (last, _) in Museum.addresses {
            note(visit.examine(.address(IPAddress(v4: 192, 0, 2, last), role: .source)).findings)
        }
        for (selector, origin, _) in Museum.selectors {
            let selectors = [DKIMSelector(try DNSName(reading: selector), origin)]
            note(visit.examine(.signer(try DNSName(reading: "keys.museum.test"), selectors: selectors)).findings)
        }
        note(
            visit.examine(.signer(try DNSName(reading: "keyless.museum.test"), selectors: DKIMSelector.common)).findings
        )
        for exhibit in Museum.senders { note(visit.examine(.sender(try exhibit.sender())).findings) }
        let inside = SPFSender(
            source: IPAddress(v4: 10, 1, 2, 3), reversePath: "a@good.museum.test", helloName: "mx.museum.test")
        note(visit.examine(.sender(try #require(inside))).findings)
        for (policy, _) in Museum.policies {
            var visit = visit
            visit.policy = policy
            note(visit.examine(.domain(try DNSName(reading: "good.museum.test"))).findings)
        }
        for exhibit in try Museum.authorities() {
            note(exhibit.visit.compareServers(of: exhibit.domain).findings)
        }
        // The signed wing, whose verdicts the tests of validation have from a real validator.
        for (name, verdict) in Museum.signed {
            note(Self.judged(try DNSName(reading: "\(name).museum"), verdict).findings)
        }
        note(MuseumVisit(Museum.rewriting).examine(.domain(try DNSName(reading: "good.museum.test"))).findings)

        let all = Set((DNSCheck.all.flatMap(\.mayFind) + AuthorityExamination.kinds).map(\.code))
        let missing = all.subtracting(seen)
        #expect(missing.subtracting(Self.without.keys).isEmpty, "\(missing.sorted())")
        #expect(Set(Self.without.keys).isSubset(of: missing), "\(Set(Self.without.keys).subtracting(missing))")
        #expect(seen.isSubset(of: all), "\(seen.subtracting(all))")
    }

    /// The domain with the verdict on all its answers.
    private static func judged(_ domain: DNSName, _ verdict: DNSSECVerdict?) -> DNSExamination {
        var visit = MuseumVisit(.signedMuseum())
        visit.verdict = verdict
        return visit.examine(.domain(domain))
    }
}
