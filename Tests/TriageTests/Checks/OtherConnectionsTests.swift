import MailVocabulary
import SMTP
import Testing
import Triage

/// A session that gets no answer, and another one beside it that was connected.
@Suite("Verdicts by another connection")
struct OtherConnectionsTests {
    private static let domain = SessionTarget.Destination.domain("example.test")
    private static let second = IPAddress(v4: 192, 0, 2, 26)

    @Test("another exchanger of the domain is another host")
    func exchangers() {
        let incident = Self.incident(silent: Self.domain, reached: Self.domain, "mx2.example.test", Self.second, 25)
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == false)
        #expect(Self.isConfirmed("host-down", .otherExchanger, incident) == true)
        #expect(Self.isConfirmed("firewall-destination", .connection, incident) == nil)
    }

    @Test("another port of another exchanger says nothing of the host that is silent")
    func otherPort() {
        let incident = Self.incident(silent: Self.domain, reached: Self.domain, "mx2.example.test", Self.second, 587)
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == nil)
        #expect(Self.isConfirmed("host-down", .otherExchanger, incident) == nil)
    }

    @Test("the exchanger that a domain led to is the host that is named alone")
    func named() {
        let incident = Self.incident(
            silent: Self.domain, reached: .host("mx1.example.test"), "mx1.example.test", Case.server.address, 587)
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == true)
        #expect(Self.isConfirmed("host-down", .otherExchanger, incident) == false)
    }

    @Test("sessions that reached no host are not of one host for that")
    func nowhere() {
        var incident = Self.incident(silent: Self.domain, reached: Self.domain, "mx2.example.test", Self.second, 587)
        incident.sessions[0] = Self.record(Self.domain, 25, [.closed(.connectTimedOut, during: .connect)])
        incident.sessions[1] = Self.record(
            Self.domain, 587,
            [.connected(local: Case.source, remote: Endpoint(Self.second, 587), took: .milliseconds(1))])
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == nil)
    }

    @Test(
        "a connection that stays in our own network says nothing of the way out",
        arguments: ["127.0.0.1", "10.0.0.5", "192.168.1.5", "::1", "fd00::5"])
    func inside(_ address: String) throws {
        let address = try #require(IPAddress(address))
        var incident = Self.incident(silent: .host("mx1.example.test"), reached: .host("relay"), "relay", address, 25)
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == nil)
        #expect(Self.isConfirmed("host-down", .otherExchanger, incident) == nil)
        Case.add(.port(587), Self.connection("mx1.example.test", Case.server.address, 587), to: &incident)
        #expect(Self.isConfirmed("firewall-destination", .connection, incident) == nil)
    }

    @Test("where the silent host is in our own network, its neighbours count")
    func neighbours() {
        let host = SessionTarget.Destination.host("inner.test")
        let silent = IPAddress(v4: 10, 0, 0, 9)
        let incident = Self.incident(
            silent: host, at: silent, reached: .host("relay"), "relay", IPAddress(v4: 10, 0, 0, 5), 25)
        #expect(Self.isConfirmed("port-25-blocked", .connection, incident) == false)
        #expect(Self.isConfirmed("host-down", .otherExchanger, incident) == true)
    }

    private static func isConfirmed(_ cause: String, _ check: CauseCheck, _ incident: Incident) -> Bool? {
        CheckVerdictTests.verdict(cause, check, incident)?.isConfirmed
    }

    private static func incident(
        silent: SessionTarget.Destination, at address: IPAddress = Case.server.address,
        reached: SessionTarget.Destination, _ host: String, _ other: IPAddress, _ port: Int
    ) -> Incident {
        var incident = Incident()
        let start = SessionFact.connecting(host: "mx1.example.test", Endpoint(address, 25))
        incident.sessions = [
            record(silent, 25, [start, .closed(.connectTimedOut, during: .connect)]),
            record(reached, port, connection(host, other, port)),
        ]
        // The user looks at the one without an answer.
        incident.chosen = 0
        return incident
    }

    private static func connection(_ host: String, _ address: IPAddress, _ port: Int) -> [SessionFact] {
        let remote = Endpoint(address, port)
        return [
            .connecting(host: host, remote),
            .connected(local: Case.source, remote: remote, took: .milliseconds(12)),
        ]
    }

    private static func record(
        _ destination: SessionTarget.Destination, _ port: Int, _ facts: [SessionFact]
    ) -> SessionRecord {
        var plan = Case.session([]).plan
        plan.target = SessionTarget(destination, port: port)
        var record = SessionRecord(plan: plan)
        for (index, fact) in facts.enumerated() { record.append(SessionEvent(at: .milliseconds(index * 10), fact)) }
        return record
    }
}
