import MailLog
import MailVocabulary
import SMTP
import Testing
@testable import Triage

/// When the log has said all that there is to say of a message that was sent.
@Suite("End of a session in a log")
struct SessionTraceEndsTests {
    private func trace(_ outcomes: [Trace.Outcome], finished: Bool = false, closed: Bool = false) -> SessionTrace {
        var message = Trace.Message(
            key: .mid(214),
            recipients: outcomes.enumerated().map { .init(address: "r\($0)@example.test", outcome: $1) },
            outcome: outcomes.first ?? .pending)
        if finished { message.facts.marks.insert(.finished) }
        var trace = Trace(keys: [.icid(6)], messages: outcomes.isEmpty ? [] : [message])
        if closed { trace.facts.marks.insert(.closed) }
        return SessionTrace(trace: trace, link: .acceptance(.mid(214)))
    }

    @Test("is not there while one recipient of two is still to come")
    func oneOfTwo() {
        #expect(!trace([.delivered]).isSettled(taken: 2))
        #expect(trace([.delivered, .delivered]).isSettled(taken: 2))
        #expect(trace([.delivered], finished: true).isSettled(taken: 2))
    }

    @Test("is not there while a recipient waits or is delayed, and is the worst of all when it is")
    func worst() {
        #expect(!trace([.delivered, .delayed], finished: true).isSettled(taken: 2))
        #expect(trace([.delivered, .delayed]).state(taken: 2) == .open)
        #expect(trace([.delivered, .bounced]).state(taken: 2) == .failed)
        #expect(trace([.delivered, .quarantined]).state(taken: 2) == .held)
        #expect(trace([.quarantined, .dropped]).state(taken: 2) == .failed)
        #expect(trace([.delivered]).state(taken: 1) == .delivered)
    }

    @Test("of a session without a message is the end of its connection")
    func rehearsal() {
        #expect(!trace([]).isSettled(taken: 0))
        #expect(trace([], closed: true).isSettled(taken: 0))
        #expect(trace([], closed: true).state(taken: 1) == .open)
    }
}
