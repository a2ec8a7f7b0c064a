import DNS
import MailVocabulary
import Testing

@testable import Lab

/// Examinations without sockets: the resolver, and each authoritative server, answers from zones as their conduct says.
struct MuseumVisit {
    /// What the resolver answers from.
    var zones: LabZones
    /// What each authoritative server answers from; one that is not named has a closed port.
    var servers: [IPAddress: LabZones] = [:]
    /// The policy on the web server of the domain.
    var policy: PolicyFetch.Outcome?

    static let resolver = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)

    /// What a validator says of every answer.
    var verdict: DNSSECVerdict?

    init(_ zones: LabZones) { self.zones = zones }

    /// Everything that the checks conclude about a subject.
    func examine(_ subject: DNSSubject) -> DNSExamination {
        var examination = DNSExamination(subject: subject)
        for _ in 0..<40 where !examination.isFinished {
            for question in examination.takeQuestions() {
                var answer = answer(question)
                if verdict != nil, subject.wantsVerdict(on: answer) { answer.verdict = verdict }
                examination.insert(answer)
            }
            if let domain = examination.takePolicyDomain(), let policy {
                examination.insert(PolicyFetch(of: domain, policy, took: .zero))
            }
        }
        #expect(examination.isFinished, "\(subject)")
        return examination
    }

    /// Every authoritative server of a domain, side by side.
    func compareServers(of domain: DNSName) -> AuthorityExamination {
        var examination = AuthorityExamination(of: domain)
        for _ in 0..<40 where !examination.isFinished {
            for query in examination.takeQueries() {
                switch query {
                case .resolver(let question): examination.insert(answer(question), to: query)
                case .server(let endpoint, let question):
                    examination.insert(answer(question, at: endpoint), to: query)
                }
            }
        }
        return examination
    }

    /// What comes of one question.
    func answer(_ question: DNSQuestion, at server: Endpoint? = nil) -> DNSAnswer {
        let from = server ?? Self.resolver
        guard let zones = server.map({ servers[$0.address] }) ?? zones else {
            return DNSAnswer(question, from: from, .unreachable("connection refused"), took: .milliseconds(1))
        }
        let desk = LabQuestionDesk(zones)
        var answer = DNSAnswer(question, from: from, .silent, took: .seconds(10), attempts: 2)
        var message = DNSMessage(asking: question, id: 1, recursion: server == nil)
        message.wantsSignatures = true
        guard var reply = desk.reply(to: MessageEncoder.bytes(of: message), limit: nil) else { return answer }
        do {
            var response = try MessageDecoder.message(reply.bytes)
            if response.rcode == 1, response.payloadSize == nil {
                message.payloadSize = nil
                answer.isWithoutEDNS = true
            }
            if response.isTruncated || answer.isWithoutEDNS {
                answer.transport = .tcp
                guard let longer = desk.reply(to: MessageEncoder.bytes(of: message), limit: 65535) else {
                    return answer
                }
                reply = longer
                response = try MessageDecoder.message(reply.bytes)
            }
            let reading = AnswerReading(of: response, to: question)
            (answer.outcome, answer.aliases) = (reading.outcome, reading.aliases)
            answer.isAuthoritative = reading.isAuthoritative
            answer.signatureLeft = reading.signaturesEnd.map { Int($0) - Int(LabTime.now().milliseconds / 1000) }
        } catch {
            answer.outcome = .malformed("\(error)")
        }
        (answer.took, answer.attempts, answer.ignored) = (reply.delay, 1, reply.strays.count)
        return answer
    }
}
