import DNS
import MailVocabulary
import Testing

/// How long an examination takes where every question has its time, by a clock that only the test moves.
@Suite("Time of an examination")
struct ExaminationTimeTests {
    /// What the whole took, and the last answer of each question; at most `width` questions are under way.
    private func run(
        _ domain: String, width: Int = 50, milliseconds: (DNSQuestion) -> Int,
        answer: (DNSQuestion) -> DNSAnswer.Outcome
    ) throws -> (took: Int, answered: [DNSQuestion: Int], isFinished: Bool, findings: [Finding]) {
        var examination = DNSExamination(subject: .domain(try DNSName(reading: domain)))
        var (now, waiting): (Int, [DNSQuestion]) = (0, examination.takeQuestions())
        var underWay: [(at: Int, question: DNSQuestion)] = []
        var answered: [DNSQuestion: Int] = [:]
        while !waiting.isEmpty || !underWay.isEmpty {
            while underWay.count < width, !waiting.isEmpty {
                let question = waiting.removeFirst()
                underWay.append((now + milliseconds(question), question))
            }
            guard let next = underWay.indices.min(by: { underWay[$0].at < underWay[$1].at }) else { break }
            let (at, question) = underWay.remove(at: next)
            now = at
            answered[question] = at
            let took = Duration.milliseconds(milliseconds(question))
            examination.insert(
                DNSAnswer(question, from: Endpoint(.loopback, 53), answer(question), took: took))
            waiting += examination.takeQuestions()
        }
        return (now, answered, examination.isFinished, examination.findings)
    }

    /// Exchangers `mx1` … of a domain with SPF and DMARC, all with an address; nothing else exists.
    private func good(_ exchangers: Int) -> (DNSQuestion) -> DNSAnswer.Outcome {
        { question in
            let record: (RecordData) -> DNSAnswer.Outcome = {
                .found([ResourceRecord(question.name, question.type, ttl: 60, $0)])
            }
            switch (question.type, question.name.labels.count) {
            case (.mx, 2):
                return .found(
                    (1...exchangers).map {
                        let host = question.name.under("mx\($0)") ?? .root
                        return ResourceRecord(question.name, .mx, ttl: 60, .exchange(MailExchanger(UInt16($0), host)))
                    })
            case (.txt, 2): return record(.text([Array("v=spf1 mx -all".utf8)]))
            case (.txt, 3) where question.name.description.hasPrefix("_dmarc."):
                return record(.text([Array("v=DMARC1; p=reject".utf8)]))
            case (.a, 3): return record(.address(IPAddress(v4: 192, 0, 2, UInt8(question.name.labels[0].count))))
            case _: return .absent(question.type == .aaaa ? .noSuchRecord : .noSuchName)
            }
        }
    }

    @Test("is that of its longest chain of questions: the MX, then addresses and TLSA at once")
    func criticalPath() throws {
        let run = try run("example.test", milliseconds: { _ in 50 }, answer: good(2))
        #expect(run.isFinished && run.took == 2 * 50, "\(run.took) ms")
        // One after another it would be this many.
        #expect(run.answered.count >= 13)
    }

    @Test("is that of the slowest exchanger where one of forty is dead, and the others do not wait for it")
    func deadExchanger() throws {
        let dead = "mx7.example.test"
        let run = try run(
            "example.test",
            milliseconds: { question in question.name.description == dead ? 10_000 : 50 },
            answer: { [good = good(40)] question in
                question.name.description == dead ? .silent : good(question)
            })
        #expect(run.isFinished)
        let live = run.answered.filter { $0.key.name.description != dead && !$0.key.name.description.hasSuffix(dead) }
        let slowest = live.values.max() ?? 0
        // 40 hosts, 3 questions each, 50 at a time.
        #expect(slowest <= 8 * 50)
        #expect(run.took <= slowest + 10_000)
        #expect(run.findings.contains { $0.kind.code == "dns.lookup.silent" })
    }
}
