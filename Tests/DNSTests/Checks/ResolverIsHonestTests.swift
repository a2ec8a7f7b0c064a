import DNS
import MailVocabulary
import Testing

@Suite("Checks of the resolver")
struct ResolverIsHonestTests {
    @Test("finds out a resolver that gives addresses to names that cannot exist")
    func rewrites() throws {
        let liar = try Answering("liar").with("porthole-probe.invalid A 192.0.2.80")
        #expect(try liar.codes("resolver-is-honest", .example) == ["dns.resolver.rewrites"])
        #expect(try Answering("honest").codes("resolver-is-honest", .example) == [])
        let silent = try Answering("silent").with("porthole-probe.invalid A silent")
        #expect(try silent.codes("resolver-is-honest", .example) == [], "the other checks say that it is silent")
    }

    @Test("names differences of two resolvers, apart from TTL and order")
    func compares() throws {
        let question = DNSQuestion(try DNSName(reading: "example.test"), .a)
        func answer(_ last: [UInt8], ttl: UInt32, from: UInt8) -> DNSAnswer {
            let records = last.map {
                ResourceRecord(question.name, .a, ttl: ttl, .address(IPAddress(v4: 192, 0, 2, $0)))
            }
            return DNSAnswer(
                question, from: Endpoint(IPAddress(v4: 192, 0, 2, from), 53),
                records.isEmpty ? .absent(.noSuchName) : .found(records), took: .zero)
        }
        let same = ResolverComparison([
            .init(own: answer([1, 2], ttl: 5, from: 53), other: answer([2, 1], ttl: 9, from: 54))
        ])
        #expect(same.findings(about: question.name).map(\.kind.code) == ["dns.resolver.agrees"])
        let other = ResolverComparison([.init(own: answer([1], ttl: 5, from: 53), other: answer([], ttl: 0, from: 54))])
        let found = other.findings(about: question.name)
        #expect(found.map(\.kind.code) == ["dns.resolver.differs"])
        #expect(found.first?.message.contains("192.0.2.1 (for another 5 s)") == true)
    }

    @Test("says once of a second resolver that does not answer that nothing is compared")
    func deadResolver() throws {
        let pairs = try ["a.test", "b.test", "c.test"].map { name in
            let question = DNSQuestion(try DNSName(reading: name), .a)
            let own = DNSAnswer(question, from: Endpoint(.loopback, 53), .absent(.noSuchName), took: .zero)
            let other = DNSAnswer(
                question, from: Endpoint(.loopback, 54), .unreachable("port 54 is closed"), took: .zero)
            return ResolverComparison.Pair(own: own, other: other)
        }
        let found = ResolverComparison(pairs).findings(about: try DNSName(reading: "a.test"))
        #expect(found.map(\.kind.code) == ["dns.resolver.does-not-answer"])
        #expect(found.first?.message.contains("port 54 is closed") == true)
    }

    @Test("says so when an answer needs TCP and gets none")
    func withoutTCP() throws {
        let question = DNSQuestion(try DNSName(reading: "example.test"), .mx)
        var examination = DNSExamination(subject: .example)
        examination.insert(
            DNSAnswer(
                question, from: Endpoint(.loopback, 53), .unreachable("port 53 is closed"), took: .milliseconds(2),
                transport: .tcp))
        #expect(examination.findings.map(\.kind.code) == ["dns.lookup.tcp-fails"])
    }

    @Test("reads the words that a server adds to its error")
    func extendedErrors() throws {
        let header: [UInt8] = [0, 1, 0x81, 0x82, 0, 0, 0, 0, 0, 0, 0, 1]
        let text = Array("no \u{1B}[2J".utf8)
        let option: [UInt8] = [0, 15, 0, UInt8(2 + text.count), 0, 7] + text
        let bytes = header + [0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, UInt8(option.count)] + option
        let message = try MessageDecoder.message(bytes)
        #expect(
            message.wantsSignatures && message.extendedErrors.map(\.description) == [#"signature expired (no \027[2J)"#]
        )
    }
}
