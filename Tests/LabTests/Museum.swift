import DNS
import MailVocabulary

@testable import Lab

/// What the wings of the museum hold, and what each exhibit must give.
enum Museum {
    /// The codes of what is not as it should be.
    static func codes(_ findings: [Finding]) -> [String] {
        findings.filter { $0.kind.severity > .fine }.map { String($0.kind.code.dropFirst("dns.".count)) }.sorted()
    }

    /// Block lists, asked about 192.0.2.99; none for one that is healthy and does not list it.
    static let lists = [
        ("list", "list.listed"), ("dead", "list.dead"), ("all", "list.lists-everything"),
        ("blocked", "list.refuses-resolver"), ("silent", "lookup.silent"), ("parked", "list.rewritten"), ("clean", ""),
    ]

    /// Addresses of 192.0.2.0/24 by their last octet.
    static let addresses: [(UInt8, [String])] = [
        (25, []), (26, ["ptr.absent"]), (27, ["ptr.unconfirmed"]), (28, ["ptr.several"]), (29, ["ptr.unconfirmed"]),
        (30, []), (31, ["ptr.silent"]), (32, ["ptr.servfail"]), (33, ["ptr.slow"]), (34, ["ptr.generic"]),
        (35, ["ptr.forward-fails"]),
    ]

    /// Selectors of keys.museum.test.
    static let selectors: [(String, DKIMSelector.Origin, [String])] = [
        ("good", .known, []), ("modern", .known, []), ("alias", .known, []), ("weak", .known, ["dkim.short-key"]),
        ("short", .known, ["dkim.short-key"]), ("revoked", .known, ["dkim.revoked"]),
        ("broken", .known, ["dkim.syntax"]),
        ("test", .known, ["dkim.testing"]), ("sha1", .known, ["dkim.sha1-only"]),
        ("future", .known, ["dkim.unknown-key-type"]), ("two", .known, ["dkim.multiple"]),
        ("gone", .known, ["dkim.absent"]), ("gone", .guessed, ["dkim.not-guessed"]),
    ]

    /// Senders, and what SPF and the EHLO name come to.
    struct Sender {
        var domain: String
        var last: UInt8
        var helo: String?
        var findings: [String]

        func sender() throws -> SPFSender {
            SPFSender(
                source: IPAddress(v4: 192, 0, 2, last), domain: try DNSName(reading: "\(domain).museum.test"),
                helloName: helo)
        }
    }

    /// Addresses of 192.0.2.0/24.
    static let senders: [Sender] = [
        Sender(domain: "good", last: 25, findings: []),
        Sender(domain: "good", last: 25, helo: "mx.museum.test", findings: []),
        Sender(domain: "good", last: 25, helo: "gone.museum.test", findings: ["helo.unresolved"]),
        Sender(domain: "good", last: 25, helo: "elsewhere.museum.test", findings: ["helo.elsewhere"]),
        Sender(domain: "good", last: 25, helo: "same.museum.test", findings: ["helo.not-ptr"]),
        Sender(domain: "good", last: 99, findings: ["spf.result.fail"]),
        Sender(domain: "spfsoft", last: 99, findings: ["spf.result.softfail"]),
        Sender(domain: "spfneutral", last: 99, findings: ["spf.result.neutral"]),
        Sender(domain: "spfnone", last: 99, findings: ["spf.result.none"]),
        Sender(domain: "spfsyntax", last: 25, findings: ["spf.result.permerror"]),
        Sender(domain: "spfbroken", last: 99, findings: ["spf.result.temperror"]),
    ]

    /// The signed wing, with the verdict that a validator gives.
    static let signed: [(name: String, verdict: DNSSECVerdict?)] = [
        ("good", .secure), ("ending", .secure), ("expired", .bogus("signature expired")), ("unsigned", .insecure),
        ("tlsa", .secure), ("tlsa", nil), ("tlsaunsigned", .insecure), ("tlsaunusable", .secure),
        ("tlsadropped", .secure),
    ]

    /// The museum behind a resolver that knows an address for every name.
    static var rewriting: LabZones {
        var zones = LabZones.museum()
        if let invalid = DNSName("invalid"), let probe = DNSName("porthole-probe.invalid") {
            let address = RecordData.address(IPAddress(v4: 203, 0, 113, 80))
            zones.add(LabZone(invalid, records: [ResourceRecord(probe, .a, ttl: 60, address)]))
        }
        return zones
    }

    /// What the web server of good.museum.test says.
    static let policies: [(PolicyFetch.Outcome, [String])] = {
        let text = { (rest: String) in PolicyFetch.Outcome.text(Array("version: STSv1\n\(rest)".utf8)) }
        let hosts = "mx: *.museum.test\n"
        return [
            (text("mode: enforce\nmax_age: 604800\n\(hosts)"), []),
            (text("mode: testing\nmax_age: 604800\n\(hosts)"), ["mta-sts.mode"]),
            (text("mode: none\nmax_age: 604800\n"), ["mta-sts.mode"]),
            (text("mode: enforce\nmax_age: 600\n\(hosts)"), ["mta-sts.short-age"]),
            (text("mode: enforce\nmax_age: 604800\nmx: mx.museum.test\n"), ["mta-sts.mx-not-listed"]),
            (text("mode: strict\n"), ["mta-sts.policy-syntax"]), (.failed("404"), ["mta-sts.policy-fails"]),
        ]
    }()

    /// Some authoritative servers, and what comparing them gives.
    struct Authorities {
        var domain: DNSName
        var visit: MuseumVisit
        var findings: [String]
    }

    private static let records = """
        twins.test MX 10 mx.museum.test
        twins.test TXT "v=spf1 -all"
        _dmarc.twins.test TXT "v=DMARC1; p=reject"

        """

    /// A zone with two servers in two networks, each with its fault.
    static func authorities() throws -> [Authorities] {
        let good = "zone twins.test\n" + records
        let both = ["192.0.2.1", "198.51.100.1"]
        func exhibit(
            _ findings: [String], _ first: String?, _ second: String?, at addresses: [String] = both,
            resolver: String = good
        ) throws -> Authorities {
            let names = ["a", "b"].prefix(addresses.count)
            let glue = names.map { "twins.test NS \($0).ns.test\n" }.joined()
            let hosts = zip(names, addresses).map { $1 == "-" ? "" : "\($0).ns.test A \($1)\n" }.joined()
            var visit = MuseumVisit(LabZones(zones: try ZoneText.zones(resolver + glue + "zone ns.test\n" + hosts)))
            for (text, address) in zip([first, second], addresses) {
                guard let text, let address = IPAddress(address) else { continue }
                visit.servers[address] = LabZones(zones: try ZoneText.zones(text))
            }
            return Authorities(domain: try DNSName(reading: "twins.test"), visit: visit, findings: findings)
        }
        let other = good.replacing("10 mx", with: "10 old")
        // An exchanger in the zone itself.
        let host = "twins.test MX 20 mx.twins.test\nmx.twins.test A 192.0.2.25\n"
        let bad = { (conduct: String) in "zone twins.test \(conduct)\n" + records }
        return [
            try exhibit([], good, good),
            try exhibit(["zone.servers-differ"], good, other),
            try exhibit(["zone.server-silent"], good, bad("silent")),
            try exhibit(["zone.server-closed"], good, nil),
            try exhibit(["zone.server-lame"], good, bad("refused")),
            try exhibit(["zone.server-lame"], good, bad("lame")),
            try exhibit(["zone.server-broken"], good, bad("servfail")),
            try exhibit(["zone.server-broken"], good, bad("malformed")),
            try exhibit(["zone.no-edns"], good, bad("noedns")),
            try exhibit(["zone.no-server-answers", "zone.server-closed", "zone.server-silent"], bad("silent"), nil),
            try exhibit(["zone.server-unresolved"], good, nil, at: ["192.0.2.1", "-"]),
            try exhibit(["zone.single-server"], good, nil, at: ["192.0.2.1"]),
            try exhibit([], good + host, good + host, resolver: good + host),
            try exhibit(
                ["zone.server-drops-tlsa"], good + host, good + host + "zone _25._tcp.mx.twins.test notimp\n",
                resolver: good + host),
            try exhibit(["zone.no-servers"], good, good, at: []),
            try exhibit(["lookup.refused"], good, good, resolver: "zone twins.test refused\n"),
            try exhibit(["zone.one-network"], good, good, at: ["192.0.2.1", "192.0.2.2"]),
            try exhibit(["zone.resolver-differs"], good, good, resolver: other),
            try exhibit(
                ["zone.short-ttl", "zone.short-ttl", "zone.short-ttl"], "zone twins.test\nttl 30\n" + records, good),
        ]
    }
}
