import MailLog
import Testing

@Suite("Exim without the client's port")
struct EximPresumptionTests {
    private static let client = "H=(c.sender.test) [198.51.100.4]"
    private static let refused = "\(client) F=<a@sender.test> rejected RCPT <x@other.test>: relay not permitted"
    private static let unknown = "\(client) F=<a@sender.test> rejected RCPT <no@corp.test>: Unknown user"
    private static let arrived = "\(EximOutcomeTests.id) <= a@sender.test \(client) P=esmtp S=364 id=x1@sender.test"

    @Test("ties refusals to the message that follows by time only, and says so")
    func presumed() throws {
        let traces = LogStory.exim([Self.unknown, Self.refused, Self.arrived]).index.traces(matching: "198.51.100.4")
        let trace = try #require(traces.first)
        #expect(traces.count == 1)
        #expect(trace.firm == [3])
        #expect(trace.probable == [1, 2])
    }

    @Test("takes a recipient that is refused again for another transaction's")
    func again() {
        let story = LogStory.exim([Self.refused, Self.unknown, Self.refused, Self.arrived])
        let traces = story.index.traces(matching: "198.51.100.4")
        #expect(traces.map(\.verdict) == ["user-unknown", "rejected"])
        #expect(traces.map { $0.lines.map(\.number) } == [[1, 2], [3, 4]])
    }
}
