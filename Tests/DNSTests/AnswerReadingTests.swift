import DNS
import MailVocabulary
import Testing

@Suite("Reading of a response")
struct AnswerReadingTests {
    @Test("keeps the kinds of no answer apart")
    func outcomes() throws {
        let question = DNSQuestion(try DNSName(reading: "example.test"), .mx)
        let codes: [(Int, DNSAnswer.Outcome)] = [
            (1, .otherError(1)), (2, .serverFailure), (3, .absent(.noSuchName)), (4, .otherError(4)), (5, .refused),
            (16, .otherError(16)),
        ]
        for (code, outcome) in codes {
            let message = DNSMessage(answering: DNSMessage(asking: question, id: 1), rcode: code)
            #expect(AnswerReading(of: message, to: question).outcome == outcome)
        }
    }

    @Test("tells an empty answer from a referral and from a server that does not serve the zone")
    func emptyAnswers() throws {
        let name = try DNSName(reading: "example.test")
        let question = DNSQuestion(name, .mx)
        let start = ResourceRecord(name, .soa, ttl: 900, .startOfAuthority(primary: name, serial: 1, minimum: 60))
        let referral = ResourceRecord(.root, .ns, ttl: 1, .name(name))
        let cases: [(authoritative: Bool, recursive: Bool, [ResourceRecord], DNSAnswer.Outcome)] = [
            (true, false, [start], .absent(.noSuchRecord)), (false, true, [start], .absent(.noSuchRecord)),
            (true, false, [], .absent(.noSuchRecord)), (false, true, [], .absent(.noSuchRecord)),
            (false, false, [referral], .lame), (false, true, [referral], .lame), (false, false, [], .lame),
        ]
        for (authoritative, recursive, authority, outcome) in cases {
            var message = DNSMessage(answering: DNSMessage(asking: question, id: 1))
            (message.isAuthoritative, message.recursionAvailable) = (authoritative, recursive)
            message.authority = authority
            let reading = AnswerReading(of: message, to: question)
            #expect(reading.outcome == outcome)
            #expect(reading.keep == (authority == [start] ? 60 : 0))
        }
    }

    @Test("follows CNAMEs to the records and leaves out records of other names")
    func aliases() throws {
        let names = try ["a.test", "b.test", "c.test", "stranger.test"].map { try DNSName(reading: $0) }
        let question = DNSQuestion(names[0], .a)
        var message = DNSMessage(answering: DNSMessage(asking: question, id: 1))
        let address = ResourceRecord(names[2], .a, ttl: 30, .address(.loopback))
        let chain = [
            ResourceRecord(names[0], .cname, ttl: 60, .name(names[1])),
            ResourceRecord(names[1], .cname, ttl: 60, .name(names[2])),
        ]
        message.answers = [address] + chain + [ResourceRecord(names[3], .a, ttl: 1, .address(.loopback))]
        let whole = AnswerReading(of: message, to: question)
        #expect(whole.outcome == .found([address] + chain))
        #expect(whole.aliases == [names[1], names[2]])
        #expect(whole.keep == 30)

        message.answers = chain
        #expect(AnswerReading(of: message, to: question).outcome == .found(chain))
        message.rcode = 3
        let gone = AnswerReading(of: message, to: question)
        #expect(gone.outcome == .absent(.noSuchName))
        #expect(gone.aliases.last == names[2])
    }

    @Test("ends a circle of CNAMEs, and a chain of more than eight")
    func endlessAliases() throws {
        let question = DNSQuestion(try DNSName(reading: "n0.test"), .a)
        var message = DNSMessage(answering: DNSMessage(asking: question, id: 1))
        let link = { (from: Int, to: Int) in
            ResourceRecord(
                try DNSName(reading: "n\(from).test"), .cname, ttl: 1, .name(try DNSName(reading: "n\(to).test")))
        }
        message.answers = [try link(0, 1), try link(1, 0)]
        #expect(AnswerReading(of: message, to: question).outcome == .absent(.aliasLoop))
        message.answers = try (0..<9).map { try link($0, $0 + 1) }
        #expect(AnswerReading(of: message, to: question).outcome == .absent(.aliasChain))
        message.answers = try (0..<8).map { try link($0, $0 + 1) }
        #expect(AnswerReading(of: message, to: question).aliases.count == 8)
    }

    @Test("goes on asking where a server left the end of a chain to us, eight CNAMEs far")
    func chainOverAnswers() throws {
        var answers = DNSAnswers()
        let server = Endpoint(.loopback, 53)
        let name = { (index: Int) in try DNSName(reading: "n\(index).test") }
        let first = DNSQuestion(try name(0), .a)
        for index in 0..<20 {
            let lookup = answers.lookup(first)
            guard let next = lookup.next else { break }
            let alias = ResourceRecord(next.name, .cname, ttl: 1, .name(try name(index + 1)))
            answers.insert(
                DNSAnswer(next, from: server, .found([alias]), took: .milliseconds(2), aliases: [try name(index + 1)]))
        }
        let lookup = answers.lookup(first)
        #expect(answers.inOrder.count == 9)
        #expect(lookup.ended?.outcome == .absent(.aliasChain))
        #expect(lookup.took == .milliseconds(18))
    }
}
