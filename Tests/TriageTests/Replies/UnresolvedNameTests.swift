import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

@Suite("Explaining a name that does not resolve")
struct UnresolvedNameTests {
    @Test(
        "tells the answers of the DNS apart",
        arguments: [
            ("mx.example.test does not exist (NXDOMAIN)", "no-such-name", "wrong-name"),
            ("mx.example.test has no A and no AAAA record (NODATA)", "no-address", "mx-missing"),
            ("no mail exchanger has an address", "no-address", "mx-missing"),
            ("192.0.2.53:53 could not find out example.test MX (SERVFAIL in 3 ms)", "server-failure", "zone-broken"),
            ("192.0.2.53:53 refuses to answer example.test MX (REFUSED in 3 ms)", "refused", "resolver-refuses"),
            (
                "192.0.2.53:53 serves no zone for example.test MX and asks nobody else (lame, in 3 ms)", "lame",
                "wrong-resolver"
            ),
            ("192.0.2.53:53 did not answer example.test MX in 10 s (2 attempts)", "silent", "resolver-cannot-reach"),
            (
                "192.0.2.53:53 cannot be asked for example.test MX: network is unreachable (in 0 ms)", "unreachable",
                "resolver-cannot-reach"
            ),
            (
                "192.0.2.53:53 answers example.test MX with a malformed message: it ends early (in 3 ms)", "faulty",
                "firewall-dns"
            ),
            ("192.0.2.53:53 answers example.test MX with RCODE 11 in 3 ms", "faulty", "firewall-dns"),
            ("the aliases of mx.example.test run in a circle (CNAME loop)", "alias", "alias-endless"),
            ("\"mx..test\" is no host name: it has an empty label", "bad-name", "wrong-name"),
        ])
    func tellsApart(_ words: String, _ entry: String, _ cause: String) throws {
        let query = ReplyQuery(reply: words, stage: .resolve, event: "not-resolved")
        for language in Language.allCases {
            let answer = try SharedCatalogue.get().explain(query, in: language)
            #expect(answer.entry == "event.not-resolved.\(entry)")
            #expect(answer.causes.first?.id == cause)
        }
    }

    @Test("does not blame the name when the DNS itself fails", arguments: ["SERVFAIL in 1 ms", "REFUSED in 1 ms"])
    func doesNotBlameTheName(_ words: String) throws {
        let query = ReplyQuery(reply: "192.0.2.53:53 (\(words))", stage: .resolve, event: "not-resolved")
        let answer = try SharedCatalogue.get().explain(query, in: .english)
        #expect(answer.replyClass == "network")
        #expect(!answer.causes.contains { $0.id == "wrong-name" || $0.id == "domain-gone" })
    }

    @Test("hands the words of a failed lookup to the catalogue")
    func handsOverTheWords() throws {
        var incident = Incident()
        let plan = SessionPlan(
            target: SessionTarget(.host("mx.example.test")), helloName: "probe.example.net",
            reversePath: "probe@example.net", recipients: [])
        var session = SessionRecord(plan: plan)
        let words = "mx.example.test does not exist (NXDOMAIN)"
        session.append(SessionEvent(at: .zero, .closed(.notResolved(words), during: .resolve)))
        incident.sessions.append(session)
        let query = incident.query(for: .event(session: 0, event: 0))
        #expect(query?.reply == words)
        #expect(query?.event == "not-resolved")
    }
}
