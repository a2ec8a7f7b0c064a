import DNS
import MailVocabulary
import Testing

@testable import Lab
@testable import Wire

@Suite("Validation")
struct ValidationTests {
    @Test("calls nothing bogus behind a resolver that leaves the signatures out")
    func stripped() async throws {
        let names = try await LabNameServer.start(zones: .museum())
        let resolver = Resolver(server: names.endpoint)
        let subject = DNSSubject.domain(try DNSName(reading: "good.museum.test"))
        let examination = await resolver.examine(subject, validation: Validation(resolver))
        await names.stop()
        #expect(examination.isFinished)
        let verdicts = examination.answers.inOrder.compactMap(\.verdict)
        #expect(!verdicts.isEmpty && verdicts.allSatisfy { $0 == .unknown(.stripped) })
        let found = examination.findings.filter { $0.kind.code.hasPrefix("dns.dnssec") }
        #expect(found.map(\.kind.code) == ["dns.dnssec.not-validated"])
    }

    @Test("judges as soon as a resolver answers that was out of reach before")
    func comesBack() async throws {
        let zones = LabZones.signedMuseum()
        // An address of its own: on the usual one the port may be somebody else's in the meantime.
        let address = IPAddress(v4: 127, 0, 78, 1)
        let first = try await LabNameServer.start(zones: zones, address: address)
        let place = first.endpoint
        await first.stop()
        let resolver = Resolver(server: place, limit: .seconds(30), attempts: 1)
        let validation = Validation(resolver, trusting: .record(try #require(zones.trustAnchor)))
        let domain = try DNSName(reading: "good.museum")
        let question = DNSQuestion(domain, .mx)
        let answer = DNSAnswer(question, from: place, .absent(.noSuchRecord), took: .zero)
        let early = await validation.judge(answer, for: .domain(domain))
        #expect(early?.verdict?.reason?.contains("port \(place.port) is closed") == true, "\(early?.verdict as Any)")
        let second = try await LabNameServer.start(zones: zones, address: address, port: place.port)
        #expect(await validation.judge(answer, for: .domain(domain))?.verdict == .secure)
        await second.stop()
    }

    @Test("says what is wrong with a file of trust anchors")
    func anchors() throws {
        #expect(try TrustAnchors.root.zone() == .root)
        let fault = #expect(throws: TrustAnchors.Fault.self) { try TrustAnchors.file("/nonexistent/anchor").zone() }
        #expect(fault?.description == "/nonexistent/anchor does not exist")
        #expect(throws: TrustAnchors.Fault.self) { try TrustAnchors.file("/etc/hostname").zone() }
    }

    @Test("gives up when nobody answers the validator, and when its asker does")
    func givesUp() async throws {
        let validator = try DNSSECValidator(through: Endpoint(.loopback, 9), trusting: .root)
        let question = DNSQuestion(try DNSName(reading: "example.test"), .mx)
        let task = Task { await validator.judge(question) }
        task.cancel()
        guard case .unknown = await task.value else {
            Issue.record("a verdict from nowhere")
            return
        }
    }

    @Test("asks for an internationalized name in its A-label form")
    func international() throws {
        for (typed, asked) in [
            ("b\u{FC}cher.test", "xn--bcher-kva.test"), ("B\u{DC}CHER.test", "xn--bcher-kva.test"),
            ("\u{4F8B}\u{3048}.test", "xn--r8jz45g.test"), ("\u{4F8B}\u{3048}\u{3002}test", "xn--r8jz45g.test"),
            ("stra\u{DF}e.test", "xn--strae-oqa.test"), ("example.test", "example.test"),
            ("_dmarc.a.test", "_dmarc.a.test"),
        ] {
            #expect(try InternationalName.ascii(typed) == asked)
        }
        #expect(throws: InternationalName.Fault.self) { try InternationalName.ascii("a\u{2028}b.test") }
    }
}
