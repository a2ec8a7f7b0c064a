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
        ("undotted", ["mx.target-unresolved"]),
        ("onlygone", ["mx.target-unresolved"]), ("private", ["mx.private-address"]), ("onlysix", ["mx.ipv6-only"]),
        ("underscore", ["mx.bad-host-name"]), ("twice", ["mx.duplicate"]), ("onemachine", ["mx.same-address"]),
        ("many", ["mx.many", "spf.many-exchangers"]), ("xn--r8jz45g", []),
        ("spfnone", ["spf.none"]), ("spfnear", ["spf.none"]), ("spfbehindtext", ["spf.none"]),
        ("spfoldtype", ["spf.none"]), ("spfundotted", ["spf.none"]), ("spftwo", ["spf.multiple"]),
        ("spfsyntax", ["spf.syntax"]), ("spfall", ["spf.passes-all"]), ("spfsoft", []),
        ("spfneutral", ["spf.neutral-to-all"]),
        ("spfopen", ["spf.no-end"]), ("spfbehind", ["spf.after-all"]), ("spfptr", ["spf.ptr"]),
        ("spfvoid", ["spf.voids"]), ("spfloop", ["spf.loop"]), ("spfgone", ["spf.include-none"]),
        ("spfinctwo", ["spf.include-multiple"]), ("spfmany", ["spf.lookups"]), ("spfdeep", []),
        ("spfglued", ["spf.glued", "spf.include-none"]), ("spfcut", []), ("spflong", ["spf.long"]),
        ("spfbroken", ["lookup.servfail"]), ("dmarctwo", ["dmarc.multiple"]), ("dmarcnop", ["dmarc.no-policy"]),
        ("dmarcnone", ["dmarc.monitoring"]),
        ("dmarcold", ["dmarc.removed-tag", "dmarc.removed-tag", "dmarc.removed-tag"]),
        ("dmarcweak", ["dmarc.subdomains-weaker"]), ("dmarctest", ["dmarc.testing"]), ("dmarctypo", ["dmarc.none"]),
        ("dmarcext", ["dmarc.report-consent"]), ("dmarcextok", []), ("dmarcvalue", ["dmarc.bad-value"]),
        ("dmarcstray", ["dmarc.syntax"]), ("dmarcrepeat", ["dmarc.repeated-tag"]),
        ("dmarcunknown", ["dmarc.unknown-tag"]), ("dmarcrua", ["dmarc.report-address"]),
        ("dmarcapex", ["dmarc.none"]), ("dmarcbare", ["dmarc.none"]), ("dmarcundotted", ["dmarc.none"]),
        ("ststwo", ["mta-sts.multiple"]), ("stsid", ["mta-sts.syntax"]),
        ("tlsrpttwo", ["tls-rpt.multiple"]), ("tlsrptbad", ["tls-rpt.syntax"]),
        ("logo", []), ("logonone", ["bimi.declined"]), ("logohttp", ["bimi.syntax"]), ("logoless", ["bimi.syntax"]),
        ("logoweak", ["bimi.without-dmarc", "dmarc.monitoring"]), ("logotwo", ["bimi.multiple"]),
        // What is against the rules of the protocol and does no harm, and what does.
        ("noedns", []), ("strays", []), ("trailing", []),
    ]

    private static let visit = MuseumVisit(.museum())

    private func domain(_ name: String) throws -> DNSName { try DNSName(reading: "\(name).museum.test") }

    @Test("gives exactly the findings of its table")
    func exact() throws {
        for (name, expected) in Self.table {
            var found = Museum.codes(Self.visit.examine(.domain(try domain(name))).findings)
            if !name.hasPrefix("sts"), name != "good" { found.removeAll { $0 == "mta-sts.none" } }
            found.removeAll { $0 == "tls-rpt.none" && name != "good" }
            if !name.hasPrefix("dmarc"), name != "good" { found.removeAll { $0 == "dmarc.none" } }
            #expect(found == expected, "\(name).museum.test")
        }
    }

    @Test("keeps the kinds of no answer apart")
    func noAnswers() throws {
        let kinds = [
            ("servfail", "servfail"), ("refused", "refused"), ("lame", "lame"), ("malformed", "malformed"),
            ("silent", "silent"), ("notimp", "error"), ("notcp", "tcp-fails"),
        ]
        for (name, kind) in kinds {
            let found = Museum.codes(Self.visit.examine(.domain(try domain(name))).findings)
            #expect(!found.isEmpty && found.allSatisfy { $0 == "lookup.\(kind)" }, "\(name): \(found)")
        }
    }

    @Test("shows block lists in every state of health")
    func lists() throws {
        for (name, code) in Museum.lists {
            let subject = DNSSubject.listing(IPAddress(v4: 192, 0, 2, 99), on: [try domain(name)])
            #expect(Museum.codes(Self.visit.examine(subject).findings) == [code].filter { $0 != "" }, "\(name)")
        }
    }

    @Test("gives exactly one verdict on each address")
    func addresses() {
        for (last, expected) in Museum.addresses {
            let subject = DNSSubject.address(IPAddress(v4: 192, 0, 2, last), role: .source)
            #expect(Museum.codes(Self.visit.examine(subject).findings) == expected, "192.0.2.\(last)")
        }
    }

    @Test("has a key for each thing that is wrong with DKIM")
    func keys() throws {
        for (selector, origin, expected) in Museum.selectors {
            let name = try DNSName(reading: selector)
            let subject = DNSSubject.signer(try domain("keys"), selectors: [DKIMSelector(name, origin)])
            #expect(Museum.codes(Self.visit.examine(subject).findings) == expected, "\(selector)")
        }
        let subject = DNSSubject.signer(try domain("keyless"), selectors: DKIMSelector.common)
        #expect(Museum.codes(Self.visit.examine(subject).findings) == ["dkim.none"])
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
            let sender = SPFSender(source: IPAddress(v4: 192, 0, 2, last), domain: try domain(name))
            #expect(Self.visit.examine(.sender(sender)).spfVerdict?.result == result, "\(name) from 192.0.2.\(last)")
        }
    }

    @Test("gives exactly one verdict on each sender")
    func verdicts() throws {
        for exhibit in Museum.senders {
            let found = Museum.codes(Self.visit.examine(.sender(try exhibit.sender())).findings)
            #expect(found == exhibit.findings, "\(exhibit)")
        }
    }

    @Test("fetches policies of every kind")
    func policies() throws {
        for (policy, expected) in Museum.policies {
            var visit = Self.visit
            visit.policy = policy
            let found = Museum.codes(visit.examine(.domain(try domain("good"))).findings)
            #expect(found == expected, "\(policy)")
        }
    }

    @Test("has servers that differ, are lame, silent, closed, broken or alone")
    func servers() throws {
        for exhibit in try Museum.authorities() {
            let found = Museum.codes(exhibit.visit.compareServers(of: exhibit.domain).findings)
            #expect(found == exhibit.findings, "\(exhibit.domain)")
        }
    }
}
