import DNS
import MailVocabulary
import Testing

@Suite("DANE")
struct DANEJudgementTests {
    private let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)
    private let own = PresentedCertificate(
        certificate: [[1, 2, 3], bytes(0xA1, 32), bytes(0xA2, 64)], key: [[4, 5], bytes(0xB1, 32), bytes(0xB2, 64)],
        names: ["mx.example.test"])
    private let authority = PresentedCertificate(
        certificate: [[6], bytes(0xC1, 32), bytes(0xC2, 64)], key: [[7], bytes(0xD1, 32), bytes(0xD2, 64)])

    private static func bytes(_ byte: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }

    private func promise(
        _ records: [[UInt8]], _ verdict: DNSSECVerdict? = .secure, addresses: DNSSECVerdict? = .secure
    ) throws -> DANEPromise {
        let host = try DNSName(reading: "mx.example.test")
        var answers = DNSAnswers()
        for (type, address) in [(RecordType.a, IPAddress(v4: 192, 0, 2, 25)), (.aaaa, nil)] {
            let found: DNSAnswer.Outcome =
                address.map { .found([ResourceRecord(host, type, ttl: 60, .address($0))]) } ?? .absent(.noSuchRecord)
            var answer = DNSAnswer(DNSQuestion(host, type), from: server, found, took: .zero)
            answer.verdict = addresses
            answers.insert(answer)
        }
        let place = try DNSName(reading: "_25._tcp.mx.example.test")
        let found = records.map { ResourceRecord(place, .tlsa, ttl: 60, .other($0)) }
        var answer = DNSAnswer(
            DNSQuestion(place, .tlsa), from: server, records.isEmpty ? .absent(.noSuchName) : .found(found), took: .zero
        )
        answer.verdict = verdict
        answers.insert(answer)
        return DANEPromise(of: host, from: answers)
    }

    private func codes(_ records: [[UInt8]], _ chain: [PresentedCertificate]?, _ verdict: DNSSECVerdict? = .secure)
        throws
        -> [String]
    {
        DANEJudgement(try promise(records, verdict), domain: DNSName("example.test"), chain: chain).findings
            .map { String($0.kind.code.dropFirst("dns.dane.".count)) }
    }

    @Test("matches every selector and matching type of RFC 6698")
    func matching() throws {
        for (selector, forms) in [(UInt8(0), own.certificate), (1, own.key)] {
            for (type, data) in forms.enumerated() {
                #expect(try codes([[3, selector, UInt8(type)] + data], [own, authority]) == ["matches"])
                #expect(try codes([[3, selector, UInt8(type)] + data], [authority]) == ["mismatch"])
            }
        }
    }

    @Test("takes an authority of one's own only from the chain, for a certificate with the host's name")
    func authorities() throws {
        let record: [UInt8] = [2, 1, 1] + authority.key[1]
        #expect(try codes([record], [own, authority]) == ["matches"])
        #expect(try codes([record], [own]) == ["mismatch"])
        var other = own
        other.names = ["mail.other.test"]
        #expect(try codes([record], [other, authority]) == ["wrong-name"])
        other.names = ["*.example.test"]
        #expect(try codes([record], [other, authority]) == ["matches"])
        other.names = ["example.test"]
        #expect(try codes([record], [other, authority]) == ["matches"], "the mail domain is a name too")
        var loose = authority
        loose.isAnchor = false
        #expect(try codes([record], [own, loose]) == ["mismatch"], "the chain does not lead to it")
    }

    @Test("asks for no name and no date of a certificate that is promised itself")
    func endEntity() throws {
        var nameless = own
        nameless.names = []
        #expect(try codes([[3, 1, 1] + own.key[1]], [nameless]) == ["matches"])
    }

    @Test("names a rollover, and a host that starts no TLS")
    func around() throws {
        let good: [UInt8] = [3, 1, 1] + own.key[1]
        let next: [UInt8] = [3, 1, 1] + Self.bytes(0xEE, 32)
        #expect(try codes([next, good], [own]) == ["matches", "rollover"])
        #expect(try codes([good], nil) == ["no-tls"])
        #expect(try codes([], nil) == [])
    }

    @Test("judges nothing that nobody may rely on")
    func standing() throws {
        let good: [UInt8] = [3, 1, 1] + own.key[1]
        let bad: [UInt8] = [3, 1, 1] + Self.bytes(0, 32)
        #expect(try codes([bad], [own], .insecure) == [])
        #expect(try codes([bad], [own], .bogus("why")) == [])
        #expect(try codes([[1, 1, 1] + own.key[1]], [own]) == [], "usage 1 is not for mail")
        #expect(try promise([good], .secure, addresses: .insecure).standing == .insecure)
        let unjudged = DANEJudgement(try promise([good], nil), domain: nil, chain: [own])
        #expect(unjudged.findings.first?.message.contains("was not judged") == true)
    }

    @Test("reads records that are cut, and never uses them")
    func cut() {
        for count in 0..<4 { #expect(!TLSARecord([UInt8](repeating: 3, count: count)).isUsable) }
        #expect(!TLSARecord([3, 1, 1, 0]).isUsable && !TLSARecord([3, 1, 3] + Self.bytes(0, 32)).isUsable)
        #expect(TLSARecord([3, 1, 1] + Self.bytes(0xAB, 32)).description == "3 1 1 abababababababab…")
    }

    @Test("lets a wildcard stand for one whole label")
    func wildcards() throws {
        let certificate = PresentedCertificate(certificate: [], key: [], names: ["*.example.test", "A.test"])
        for (host, isFor) in [
            ("mx.example.test", true), ("a.b.example.test", false), ("example.test", false), ("a.test", true),
            ("MX.EXAMPLE.TEST", true),
        ] {
            #expect(certificate.isFor(try DNSName(reading: host)) == isFor, "\(host)")
        }
    }
}
