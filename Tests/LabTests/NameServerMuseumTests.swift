import DNS
import MailVocabulary
import Testing

@testable import Lab

@Suite("The museum of faults")
struct NameServerMuseumTests {
    /// What each domain gives beyond what is as it should be, without what nearly every exhibit lacks: MTA-STS, TLS-RPT, and, where
    /// DMARC is not the exhibit, a DMARC record.
    static let table: [(name: String, findings: [String])] = [
        ("good", []), ("null", ["mx.null"]), ("nullsends", ["mx.null", "mx.null-sends"]),
        ("nullpref", ["mx.null", "mx.null-preference"]), ("nullmixed", ["mx.null-mixed"]), ("nomx", ["mx.implicit"]),
        ("nothing", ["mx.none"]), ("gone", ["domain.absent"]), ("literal", ["mx.address"]), ("toalias", ["mx.alias"]),
        ("tocircle", ["mx.alias-loop", "mx.target-unresolved"]), ("dangling", ["mx.target-unresolved"]),
        ("onlygone", ["mx.target-unresolved"]), ("private", ["mx.private-address"]), ("onlysix", ["mx.ipv6-only"]),
        ("underscore", ["mx.bad-host-name"]), ("twice", ["mx.duplicate"]), ("onemachine", ["mx.same-address"]),
        ("spfnone", ["spf.none"]), ("spfnear", ["spf.none"]), ("spftwo", ["spf.multiple"]),
        ("spfsyntax", ["spf.syntax"]), ("spfall", ["spf.passes-all"]), ("spfneutral", ["spf.neutral-to-all"]),
        ("spfopen", ["spf.no-end"]), ("spfbehind", ["spf.after-all"]), ("spfptr", ["spf.ptr"]),
        ("spfvoid", ["spf.voids"]), ("spfloop", ["spf.loop"]), ("spfgone", ["spf.include-none"]),
        ("spfinctwo", ["spf.include-multiple"]), ("spfmany", ["spf.lookups"]), ("spfdeep", []),
        ("spfglued", ["spf.glued", "spf.include-none"]), ("spfcut", []), ("spflong", ["spf.long"]),
        ("spfbroken", ["lookup.servfail"]), ("dmarctwo", ["dmarc.multiple"]), ("dmarcnop", ["dmarc.no-policy"]),
        ("dmarcnone", ["dmarc.monitoring"]),
        ("dmarcold", ["dmarc.removed-tag", "dmarc.removed-tag", "dmarc.removed-tag"]),
        ("dmarcweak", ["dmarc.subdomains-weaker"]), ("dmarctest", ["dmarc.testing"]), ("dmarctypo", ["dmarc.none"]),
        ("dmarcext", ["dmarc.report-consent"]), ("dmarcextok", []), ("dmarcvalue", ["dmarc.bad-value"]),
        ("dmarcapex", ["dmarc.none"]), ("ststwo", ["mta-sts.multiple"]), ("stsid", ["mta-sts.syntax"]),
    ]

    private static let zones = LabZones.museum()

    /// An examination without sockets: each zone as its conduct says.
    private func examine(_ subject: DNSSubject) throws -> DNSExamination {
        let server = Endpoint(IPAddress(v4: 192, 0, 2, 53), 53)
        let desk = LabQuestionDesk(Self.zones)
        var examination = DNSExamination(subject: subject)
        for _ in 0..<30 where !examination.isFinished {
            for question in examination.takeQuestions() {
                let query = MessageEncoder.bytes(of: DNSMessage(asking: question, id: 1))
                var answer = DNSAnswer(question, from: server, .silent, took: .seconds(10))
                if let reply = desk.reply(to: query, limit: 65535) {
                    do {
                        let reading = AnswerReading(of: try MessageDecoder.message(reply.bytes), to: question)
                        (answer.outcome, answer.aliases, answer.took) = (reading.outcome, reading.aliases, .zero)
                    } catch {
                        answer.outcome = .malformed(error.description)
                    }
                }
                examination.insert(answer)
            }
        }
        #expect(examination.isFinished)
        return examination
    }

    private func codes(_ findings: [Finding]) -> [String] {
        findings.filter { $0.kind.severity > .fine }.map { String($0.kind.code.dropFirst("dns.".count)) }.sorted()
    }

    @Test("gives exactly the findings of its table")
    func exact() throws {
        for (name, expected) in Self.table {
            let domain = try DNSName(reading: "\(name).museum.test")
            var found = codes(try examine(.domain(domain)).findings)
            if !name.hasPrefix("sts"), name != "good" { found.removeAll { $0 == "mta-sts.none" } }
            found.removeAll { $0 == "tls-rpt.none" && name != "good" }
            if !name.hasPrefix("dmarc"), name != "good" { found.removeAll { $0 == "dmarc.none" } }
            if name.hasPrefix("sts") { found.removeAll { $0 == "dmarc.none" } }
            #expect(found == expected, "\(name).museum.test")
        }
    }

    @Test("keeps the kinds of no answer apart")
    func noAnswers() throws {
        for kind in ["servfail", "refused", "lame", "malformed", "silent"] {
            let found = codes(try examine(.domain(try DNSName(reading: "\(kind).museum.test"))).findings)
            #expect(!found.isEmpty && found.allSatisfy { $0 == "lookup.\(kind)" }, "\(kind): \(found)")
        }
    }

    @Test("shows block lists in every state of health")
    func lists() throws {
        let states = [
            "list": "list.listed", "dead": "list.dead", "all": "list.lists-everything",
            "blocked": "list.refuses-resolver", "silent": "lookup.silent",
        ]
        for (name, code) in states {
            let subject = DNSSubject.listing(
                IPAddress(v4: 192, 0, 2, 99), on: [try DNSName(reading: "\(name).museum.test")])
            #expect(codes(try examine(subject).findings) == [code], "\(name)")
        }
    }

    @Test("decides about a sender by the right term")
    func senders() throws {
        let cases: [(String, UInt8, SPFResult)] = [
            ("good", 25, .pass), ("good", 99, .fail), ("spfall", 99, .pass), ("spfneutral", 99, .neutral),
            ("spfopen", 99, .neutral), ("spfsyntax", 25, .permerror), ("spftwo", 25, .permerror),
            ("spfnone", 25, .none), ("spfmany", 99, .permerror), ("spfloop", 99, .permerror),
            ("spfvoid", 99, .permerror), ("spfbroken", 99, .temperror), ("spfdeep", 99, .fail),
        ]
        for (name, last, result) in cases {
            let domain = try DNSName(reading: "\(name).museum.test")
            let sender = SPFSender(source: IPAddress(v4: 192, 0, 2, last), domain: domain)
            #expect(try examine(.sender(sender)).spfVerdict?.result == result, "\(name) from 192.0.2.\(last)")
        }
    }
}
