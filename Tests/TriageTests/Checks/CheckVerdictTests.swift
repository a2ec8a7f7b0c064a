import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Verdicts on causes")
struct CheckVerdictTests {
    @Test("every cause that names a check has a situation, and every check a cause")
    func complete() throws {
        let causes = try SharedCatalogue.get().entries.flatMap(\.causes)
        let pairs = Set(causes.compactMap { cause in cause.check.map { "\(cause.id), \($0.rawValue)" } })
        #expect(Set(CauseSituation.all.map(\.testDescription)) == pairs)
        #expect(Set(causes.compactMap(\.check)) == Set(CauseCheck.allCases))
        for situation in CauseSituation.all {
            #expect(
                situation.confirmed != nil || situation.ruledOut != nil, "\(situation): its check can never be answered"
            )
            #expect((situation.confirmed == nil || situation.ruledOut == nil) != situation.why.isEmpty, "\(situation)")
        }
    }

    @Test("a STARTTLS that was offered and refused is not one that nobody asked for")
    func refusedTLS() {
        let unused = CauseSituation.keywords("STARTTLS")
        let refused = CauseSituation.keywords(
            "STARTTLS", then: Case.exchange("STARTTLS", .startTLS, 454, "4.7.0 TLS not available"))
        func words(_ incident: Incident) -> String? {
            Self.verdict("tls-required", .offersTLS, incident)?.words.description
        }
        #expect(words(unused)?.hasSuffix("STARTTLS is offered and was not used") == true)
        #expect(words(refused)?.hasSuffix("STARTTLS is offered, but was refused with 454") == true)
    }

    @Test("events confirm a cause, and other events rule it out", arguments: CauseSituation.all)
    func situations(_ situation: CauseSituation) throws {
        if let incident = try situation.confirmed?() {
            #expect(Self.verdict(situation.cause, situation.check, incident)?.isConfirmed == true, "confirmed")
        }
        if let incident = try situation.ruledOut?() {
            #expect(Self.verdict(situation.cause, situation.check, incident)?.isConfirmed == false, "ruled out")
        }
    }

    @Test("a PTR record that is there rules out that it is missing, and says whether its name looks generic")
    func reverse() throws {
        let incident = try Self.incident(ptr: "mail.example.net")
        #expect(Self.verdict("ptr-missing", .addressName, incident)?.isConfirmed == false)
        #expect(Self.verdict("ptr-generic", .addressName, incident)?.isConfirmed == false)
        #expect(Self.verdict("reverse-zone-silent", .addressName, incident)?.isConfirmed == false)
        for name in ["7-100-51-198.pool.example.net", "host-100-7.51.198.example.net", "dyn-4.example.net"] {
            let generic = try Self.incident(ptr: name)
            #expect(Self.verdict("ptr-generic", .addressName, generic)?.isConfirmed == true, "\(name)")
        }
    }

    @Test("a reverse zone that is silent is not a missing record")
    func silentReverse() throws {
        var incident = Incident()
        incident.sessions = [Case.session(Case.greeted(after: .seconds(31)))]
        try Case.examine(&incident, reverse: .silent, took: .seconds(30))
        #expect(Self.verdict("ptr-missing", .addressName, incident) == nil)
        #expect(Self.verdict("reverse-zone-silent", .addressName, incident)?.isConfirmed == true)
        #expect(Self.verdict("banner-lookup-delay", .greetingTime, incident)?.isConfirmed == true)
    }

    @Test("the address that the reply names counts, not that of our socket behind a translator")
    func namedAddress() throws {
        let incident = try Self.incident(ptr: nil)
        #expect(Self.verdict("ptr-missing", .addressName, incident)?.isConfirmed == true)
        #expect(Self.verdict("ptr-missing", .addressName, incident, ["ip": "203.0.113.9"]) == nil)
    }

    @Test("an address that one list has is listed, whatever the lists before and behind it say")
    func severalLists() throws {
        let lists = ["first.test", "second.test", "third.test"]
        for list in lists {
            let incident = try CauseSituation.listing(on: lists, has: list)
            let codes = incident.subjects.flatMap { incident.examinations[$0]?.findings.map(\.kind.code) ?? [] }
            #expect(codes.count { $0 == "dns.list.not-listed" } == 2)
            #expect(Self.verdict("ip-listed", .blockList, incident)?.isConfirmed == true, "\(list)")
        }
        let clean = try CauseSituation.listing(on: lists, has: nil)
        #expect(Self.verdict("ip-listed", .blockList, clean)?.isConfirmed == false)
    }

    @Test("a block list that does not have the address says nothing of a dynamic range")
    func dynamicRange() throws {
        for list in [nil, "list.test"] {
            let incident = try CauseSituation.listing(on: ["list.test"], has: list)
            #expect(Self.verdict("dynamic-range", .blockList, incident) == nil)
        }
    }

    @Test("STARTTLS that is offered speaks for one cause and against the other")
    func offers() {
        let incident = Self.introduced("mx1.example.test\nSTARTTLS\nSIZE 1000\nAUTH PLAIN LOGIN")
        #expect(Self.verdict("tls-required", .offersTLS, incident)?.isConfirmed == true)
        #expect(Self.verdict("tls-stripped", .offersTLS, incident)?.isConfirmed == false)
        #expect(Self.verdict("auth-not-offered", .offersAuthentication, incident)?.isConfirmed == false)
        #expect(Self.verdict("not-authenticated", .offersAuthentication, incident)?.isConfirmed == true)
        let bare = Self.introduced("mx1.example.test\nSIZE 1000")
        #expect(Self.verdict("tls-required", .offersTLS, bare) == nil)
        #expect(Self.verdict("auth-not-offered", .offersAuthentication, bare)?.isConfirmed == true)
    }

    @Test("a mechanism that the list does not have is confirmed as the cause")
    func mechanism() {
        let auth = Case.exchange("AUTH CRAM-MD5", .authenticate, 504, "5.5.4 unknown")
        let incident = Self.introduced("mx1.example.test\nAUTH PLAIN LOGIN", then: auth)
        #expect(Self.verdict("auth-mechanism", .offersAuthentication, incident)?.isConfirmed == true)
    }

    @Test("the message is measured against the SIZE announced; zero is no limit")
    func size() {
        func verdict(_ size: Int, _ bytes: Int) -> CheckVerdict? {
            let sent = SessionFact.sentMessage(bytes: bytes, lines: 9, subject: "x", tls: false)
            let incident = Self.introduced("mx1.example.test\nSIZE \(size)", then: [sent])
            return Self.verdict("message-too-large", .size, incident)
        }
        #expect(verdict(1000, 1001)?.isConfirmed == true)
        #expect(verdict(1000, 1000)?.isConfirmed == false)
        #expect(verdict(0, 1000) == nil)
        #expect(Self.verdict("message-too-large", .size, Self.introduced("mx1.example.test\nSIZE 10")) == nil)
    }

    @Test("the exchangers of the domain decide: missing, null, another host, a zone that fails")
    func exchangers() throws {
        var good = try Case.domain(.found([Case.mx("mx1.example.test")]), address: .found([Case.a("mx1.example.test")]))
        #expect(Self.verdict("mx-missing", .exchangers, good)?.isConfirmed == false)
        #expect(Self.verdict("domain-gone", .exchangers, good)?.isConfirmed == false)
        #expect(Self.verdict("domain-typo", .exchangers, good) == nil, "a misspelt domain may exist")
        #expect(Self.verdict("null-mx", .nullExchanger, good)?.isConfirmed == false)
        good.sessions = [Case.session([.connecting(host: "mx1.example.test", Case.server)])]
        #expect(Self.verdict("wrong-mx", .exchangers, good)?.isConfirmed == false)
        good.sessions = [Case.session([.connecting(host: "smtp.example.org", Case.server)])]
        #expect(Self.verdict("wrong-mx", .exchangers, good)?.isConfirmed == true)
        let gone = try Case.domain(.absent(.noSuchName), address: .absent(.noSuchName))
        #expect(Self.verdict("domain-gone", .exchangers, gone)?.isConfirmed == true)
        let broken = try Case.domain(.serverFailure, address: .serverFailure)
        #expect(Self.verdict("zone-broken", .exchangers, broken)?.isConfirmed == true)
        #expect(Self.verdict("mx-missing", .exchangers, broken) == nil, "nobody knows")
    }

    @Test("a connection that stood rules out what keeps one from standing; a refusal is not silence")
    func connection() {
        var incident = Incident()
        incident.sessions = [Case.session(Case.greeted(after: .milliseconds(40)))]
        for cause in ["service-down", "firewall-destination", "port-25-blocked"] {
            #expect(Self.verdict(cause, .connection, incident)?.isConfirmed == false)
        }
        #expect(Self.verdict("tarpit", .greetingTime, incident)?.isConfirmed == false)
        let start = SessionFact.connecting(host: "mx1", Case.server)
        incident.sessions = [Case.session([start, .closed(.refused, during: .connect)])]
        #expect(Self.verdict("service-down", .connection, incident)?.isConfirmed == true)
        #expect(Self.verdict("port-25-blocked", .connection, incident) == nil)
        #expect(Self.verdict("host-down", .otherExchanger, incident)?.isConfirmed == false)
        incident.sessions = [Case.session([start, .closed(.connectTimedOut, during: .connect)])]
        #expect(Self.verdict("service-down", .connection, incident)?.isConfirmed == false)
        #expect(Self.verdict("host-down", .otherExchanger, incident) == nil)
    }

    @Test("the verifier's objections confirm one cause each; TLS that stands rules out the handshake")
    func handshake() {
        let expired = TLSFacts.Objection(depth: 0, code: 10, text: "certificate has expired")
        let facts = TLSFacts(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", objections: [expired])
        let secured = SessionFact.secured(facts, took: .milliseconds(5))
        let incident = Self.introduced("mx1.example.test\nSTARTTLS", then: [secured])
        #expect(Self.verdict("cert-expired", .handshake, incident)?.isConfirmed == true)
        #expect(Self.verdict("cert-name", .handshake, incident)?.isConfirmed == false)
        #expect(Self.verdict("tls-version-cipher", .handshake, incident)?.isConfirmed == false)
        #expect(Self.verdict("tls-required", .offersTLS, incident)?.isConfirmed == false)
    }

    @Test("a test message is not signed")
    func signature() {
        let sent = SessionFact.sentMessage(bytes: 400, lines: 9, subject: "x", tls: false)
        let incident = Self.introduced("mx1.example.test", then: [sent])
        #expect(Self.verdict("dkim-missing", .signature, incident)?.isConfirmed == true)
        #expect(Self.verdict("dkim-broken", .signature, incident)?.isConfirmed == false)
        #expect(Self.verdict("dkim-missing", .signature, Self.introduced("mx1.example.test")) == nil)
    }

    @Test("without any fact there is no verdict")
    func nothing() throws {
        let causes = Set(try SharedCatalogue.get().entries.flatMap(\.causes))
        for cause in causes { #expect(Self.verdict(cause.id, cause.check, Incident()) == nil) }
    }

    static func verdict(
        _ id: String, _ check: CauseCheck?, _ incident: Incident, _ captured: [String: String] = [:]
    ) -> CheckVerdict? {
        let explanation = ReplyExplanation(
            entry: "", replyClass: "unknown", classLabel: "", certainty: .generic, basis: "", persistence: .info,
            actors: [], title: "", meaning: "", causes: [], next: [], codeReading: "", statusReading: nil,
            references: [], others: [], captured: captured)
        return incident.verdict(on: .init(id: id, weight: .high, check: check, text: ""), of: explanation)
    }

    /// A greeted session whose own address was looked up.
    private static func incident(ptr name: String?) throws -> Incident {
        var incident = Incident()
        incident.sessions = [Case.session(Case.greeted(after: .milliseconds(40)))]
        let owner = DNSName(reverse: Case.source.address)
        let records = try name.map {
            [ResourceRecord(owner, .ptr, ttl: 60, .name(try #require(DNSName($0))))]
        }
        try Case.examine(
            &incident, reverse: records.map { .found($0) } ?? .absent(.noSuchName), took: .milliseconds(5))
        return incident
    }

    private static func introduced(_ hello: String, then facts: [SessionFact] = []) -> Incident {
        var incident = Incident()
        incident.sessions = [
            Case.session(
                Case.greeted(after: .milliseconds(40)) + Case.exchange("EHLO us.example.net", .hello, 250, hello)
                    + facts)
        ]
        return incident
    }
}
