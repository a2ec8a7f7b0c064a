import MailVocabulary
import Testing

@testable import DNS
@testable import Triage

@Suite("The addresses that send a domain's mail")
struct SendingAddressesTests {
    private let domain = DNSName("example.test") ?? .root

    private func sightings(_ addresses: [String]) -> [SendingAddresses.Sighting] {
        addresses.enumerated().compactMap { index, text in
            IPAddress(text).map { SendingAddresses.Sighting(address: $0, messages: 9 - index, lines: []) }
        }
    }

    private func senders(_ addresses: [String], _ result: SPFResult) -> SendingAddresses {
        let seen = sightings(addresses)
        let verdicts = seen.map { ($0.address, SPFVerdict(result: result)) }
        return SendingAddresses(seen, verdicts: Dictionary(uniqueKeysWithValues: verdicts), networks: nil)
    }

    @Test("have a finding each while they are few, and share one when they are many")
    func many() {
        let few = senders(["192.0.2.1", "192.0.2.2", "192.0.2.3"], .fail).findings(of: domain)
        #expect(few.map(\.subject) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
        #expect(few[0].message.hasPrefix("192.0.2.1 sent 9 messages of example.test by the log"))

        let many = senders((1...5).map { "192.0.2.\($0)" }, .fail).findings(of: domain)
        #expect(many.map(\.kind) == [SendingAddresses.notInSPF])
        #expect(
            many[0].message == """
                5 addresses sent 35 messages of example.test by the log, and SPF does not let them: fail; the busiest: \
                192.0.2.1, 192.0.2.2, 192.0.2.3
                """)
    }

    @Test("are nobody's fault where they are private: receivers see the gateway's own address")
    func inside() {
        let senders = senders(["10.1.0.9", "192.0.2.1", "10.1.0.24"], .softfail)
        #expect(senders.rows.map(\.network) == ["192.0.2.1", "10.1.0.9", "10.1.0.24"])
        #expect(senders.rows.map(\.standing) == [.seenNotAllowed, .inside, .inside])
        let findings = senders.findings(of: domain)
        #expect(findings.map(\.kind) == [SendingAddresses.uncertain, SendingAddresses.inside])
        #expect(findings[1].kind.severity == .note)
        #expect(
            findings[1].message.hasPrefix("2 private addresses sent mail of example.test by the log (messages: 16)"))
        #expect(self.senders(["10.1.0.9"], .pass).rows.map(\.standing) == [.seenAndAllowed])
    }
}
