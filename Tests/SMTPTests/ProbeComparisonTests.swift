import SMTP
import TestSupport
import Testing

@Suite("Probe comparison")
struct ProbeComparisonTests {
    @Test("what is the same everywhere is no difference, and what differs says who goes with whom")
    func compares() throws {
        let records = [
            probe("250-mx\r\n250-SIZE 100\r\n250 DSN\r\n", "250 ok\r\n"),
            probe("250-mx\r\n250-DSN\r\n250 SIZE 100\r\n", "550 5.7.1 no\r\n"),
            probe("250-mx\r\n250 SIZE 100\r\n", "250 ok\r\n"),
        ]
        let differences = ProbeComparison(records).differences
        #expect(differences.map(\.name) == ["capabilities in the clear", "first refusal"])
        #expect(differences[0].values.map(\.members) == [[0, 1], [2]])
        #expect(differences[0].values.map(\.text) == ["DSN, SIZE 100", "SIZE 100"])
        #expect(differences[1].values.map(\.text) == ["none", "MAIL: 550 5.7.1 no"])
    }

    @Test("a session that did not come as far is left out of an aspect, not counted as something else")
    func leavesOut() throws {
        var story = Playbook(MessageTests.plan)
        story.connect()
        story.receive("554 no service\r\n")
        let records = [probe("250-mx\r\n250 DSN\r\n", "250 ok\r\n"), story.record]
        let differences = ProbeComparison(records).differences
        #expect(differences.map(\.name) == ["greeting", "first refusal"])
    }

    @Test("of nothing there is no difference")
    func comparesNothing() { #expect(ProbeComparison([]).differences == []) }

    private func probe(_ hello: String, _ mail: String) -> SessionRecord {
        var plan = MessageTests.plan
        plan.tls = .never
        var story = Playbook(plan)
        story.connect()
        story.receive("220 mx\r\n")
        story.order(.run(upTo: .sender))
        story.receive(hello)
        story.receive(mail)
        return story.record
    }
}
