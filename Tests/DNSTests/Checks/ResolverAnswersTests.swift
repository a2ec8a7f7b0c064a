import DNS
import MailVocabulary
import Testing

@Suite("Check: resolver answers")
struct ResolverAnswersTests {
    private func examine(_ subject: DNSSubject, _ outcome: (DNSQuestion) -> DNSAnswer.Outcome) -> DNSExamination {
        let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)
        var examination = DNSExamination(subject: subject)
        for _ in 0..<20 where !examination.isFinished {
            for question in examination.takeQuestions() {
                examination.insert(DNSAnswer(question, from: server, outcome(question), took: .milliseconds(1)))
            }
        }
        return examination
    }

    private var domain: DNSSubject { .domain(DNSName("example.test") ?? .root) }

    @Test("a resolver that is down is one finding, not one for each question")
    func down() {
        let closed = examine(domain) { _ in .unreachable("port 53 is closed") }
        #expect(
            closed.findings.map(\.message) == [
                "the name server 192.0.2.53:53 does not answer: port 53 is closed; nothing can be found out through it"
            ])
        let silent = examine(domain) { _ in .silent }
        #expect(silent.findings.map(\.kind.code) == ["dns.resolver.down"])
        let address = examine(.address(IPAddress(v4: 192, 0, 2, 1), role: .source)) { _ in .unreachable("no route") }
        #expect(address.findings.map(\.kind.code) == ["dns.resolver.down"])
        // Said of both subjects it is one finding.
        #expect((closed.findings + closed.findings).withoutConsequences.count == 1)
    }

    @Test("names whose servers are silent do not make a resolver silent")
    func alive() {
        let names = examine(domain) { $0.name == DNSName("porthole-probe.invalid") ? .absent(.noSuchName) : .silent }
        #expect(!names.findings.isEmpty && names.findings.allSatisfy { $0.kind.code == "dns.lookup.silent" })
        let reverse = examine(.address(IPAddress(v4: 192, 0, 2, 1), role: .source)) {
            $0.type == .ptr ? .silent : .found([])
        }
        #expect(reverse.findings.map(\.kind.code) == ["dns.ptr.silent"])
    }
}
