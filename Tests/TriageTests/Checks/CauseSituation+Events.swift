import DNS
import MailVocabulary
import SMTP
import Testing
import Triage

/// The events behind the situations: what a session and a name server say, and nothing else.
extension CauseSituation {
    static let v6 = IPAddress("2001:db8::7") ?? Case.source.address

    static func hello(_ name: String) -> Incident {
        var plan = Case.session([]).plan
        plan.helloName = name
        var incident = Incident()
        incident.sessions = [SessionRecord(plan: plan)]
        return incident
    }

    static func keywords(_ list: String, then facts: [SessionFact] = []) -> Incident {
        Case.incident(
            Case.greeted(after: .milliseconds(40))
                + Case.exchange("EHLO probe.example.net", .hello, 250, "mx1.example.test\n\(list)") + facts)
    }

    static func tried(_ mechanism: String) -> Incident {
        keywords("AUTH PLAIN LOGIN", then: Case.exchange("AUTH \(mechanism)", .authenticate, 535, "5.7.8 no"))
    }

    static func authenticated() -> Incident {
        keywords("AUTH PLAIN", then: Case.exchange("AUTH PLAIN", .authenticate, 235, "2.7.0 ok"))
    }

    static func masked() -> Incident {
        var reply = Reply(code: 220, lines: [Array("****************".utf8)])
        reply.oddities = [Oddity(.maskedBanner, "a device on the way hides the banner behind asterisks")]
        let time = Duration.milliseconds(40)
        let greeting = SessionFact.received(
            reply, stage: .connect, command: nil, timing: ReplyTiming(firstByte: time, lastByte: time), tls: false)
        return Case.incident(
            Array(Case.greeted(after: time).dropLast()) + [greeting]
                + Case.exchange("EHLO probe.example.net", .hello, 250, "mx1.example.test\nSIZE 1000"))
    }

    /// SIZE as MAIL FROM announces it: the server refuses before a byte of the message is sent.
    static func announced(_ bytes: Int) -> Incident {
        keywords(
            "SIZE 1000",
            then: Case.exchange("MAIL FROM:<probe@example.net> SIZE=\(bytes)", .sender, 552, "5.3.4 too big"))
    }

    static func secured(_ objection: Int?) -> Incident {
        let objections = objection.map { [TLSFacts.Objection(depth: 0, code: $0, text: "an objection")] } ?? []
        let facts = TLSFacts(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", objections: objections)
        return keywords("STARTTLS", then: [.secured(facts, took: .milliseconds(5))])
    }

    static func failedTLS() -> Incident {
        keywords("STARTTLS", then: [.closed(.tls("no shared cipher"), during: .startTLS)])
    }

    static func dribbled() -> Incident {
        let timing = ReplyTiming(firstByte: .milliseconds(40), lastByte: .seconds(9))
        let greeting = SessionFact.received(
            Reply(code: 220, lines: [Array("wait".utf8), Array("mx1 ESMTP".utf8)]), stage: .connect, command: nil,
            timing: timing, tls: false)
        return Case.incident(Array(Case.greeted(after: .milliseconds(40)).dropLast()) + [greeting])
    }

    static func message(_ raw: String) -> Incident {
        var plan = Case.session([]).plan
        plan.message.raw = RawMessage(Array(raw.utf8))
        var record = SessionRecord(plan: plan)
        for event in Case.session(Case.sent()).events { record.append(event) }
        var incident = Incident()
        incident.sessions = [record]
        return incident
    }

    static func ended(_ reason: CloseReason, other host: String? = nil, _ port: Int = 25) -> Incident {
        var incident = Case.incident([
            .connecting(host: "mx1.example.test", Case.server), .closed(reason, during: .connect),
        ])
        if let host {
            Case.add(host == "mx1.example.test" ? .port(port) : .host(host), reached(host, port), to: &incident)
        }
        // The user looks at the first run; the others are beside it.
        incident.chosen = 0
        return incident
    }

    /// Another host takes port 25, and the host itself another port.
    static func filtered() -> Incident {
        var incident = ended(.connectTimedOut, other: "mx2.example.test", 25)
        Case.add(.port(587), reached("mx1.example.test", 587), to: &incident)
        return incident
    }

    private static func reached(_ host: String, _ port: Int) -> [SessionFact] {
        let address = host == "mx1.example.test" ? Case.server.address : IPAddress(v4: 192, 0, 2, 26)
        let remote = Endpoint(address, port)
        return [
            .connecting(host: host, remote),
            .connected(local: Case.source, remote: remote, took: .milliseconds(12)),
        ]
    }
}

/// The same, for what the name server says.
extension CauseSituation {
    static func ptr(
        _ name: String?, of address: IPAddress = Case.source.address, leads: DNSAnswer.Outcome? = nil
    ) throws -> Incident {
        let owner = DNSName(reverse: address)
        let records = try name.map { [ResourceRecord(owner, .ptr, ttl: 60, .name(try DNSName(reading: $0)))] }
        return try reverse(records.map { .found($0) } ?? .absent(.noSuchName), of: address, leads: leads)
    }

    static func reverse(
        _ outcome: DNSAnswer.Outcome, of address: IPAddress = Case.source.address, leads: DNSAnswer.Outcome? = nil
    ) throws -> Incident {
        var incident = Incident()
        incident.sessions = [
            Case.session([
                .connecting(host: "mx1.example.test", Case.server),
                .connected(local: Endpoint(address, 40_000), remote: Case.server, took: .milliseconds(1)),
            ])
        ]
        Case.answer(&incident, .address(address, role: .source)) { question in
            if question.type == .ptr { return outcome }
            if let leads { return leads }
            return .found([ResourceRecord(question.name, question.type, ttl: 60, .address(address))])
        }
        return incident
    }

    static func slow(_ outcome: DNSAnswer.Outcome, took: Duration) throws -> Incident {
        var incident = Case.incident(Case.greeted(after: .seconds(31)))
        try Case.examine(&incident, reverse: outcome, took: took)
        return incident
    }

    static func hello(_ name: String, found: Bool) throws -> Incident {
        var incident = hello(name)
        Case.answer(&incident, .domain(try DNSName(reading: name))) { question in
            found && question.type == .a
                ? .found([ResourceRecord(question.name, .a, ttl: 60, .address(Case.source.address))])
                : .absent(found ? .noSuchRecord : .noSuchName)
        }
        return incident
    }

    static func listing(_ isListed: Bool) throws -> Incident {
        try listing(on: ["list.test"], has: isListed ? "list.test" : nil)
    }

    /// Several lists, one of which may have our address.
    static func listing(on lists: [String], has: String?) throws -> Incident {
        var incident = Case.incident(Case.greeted(after: .milliseconds(40)))
        Case.answer(
            &incident, .listing(Case.source.address, on: try lists.map { try DNSName(reading: $0) })
        ) { question in
            // RFC 5782 §5: a list that works has 127.0.0.2 and has not 127.0.0.1.
            let name = question.name.description
            let isTest = name.hasPrefix("2.0.0.127.")
            let isListed = has.map { name == "7.100.51.198.\($0)" || name == "7.100.51.198.\($0)." } ?? false
            guard isTest || isListed, question.type == .a else {
                return .absent(.noSuchName)
            }
            return .found([ResourceRecord(question.name, .a, ttl: 60, .address(IPAddress(v4: 127, 0, 0, 2)))])
        }
        return incident
    }

    static func good(_ address: IPAddress = Case.server.address) throws -> Incident {
        let host = ResourceRecord(try DNSName(reading: "mx1.example.test"), .a, ttl: 60, .address(address))
        return try Case.domain(.found([Case.mx("mx1.example.test")]), address: .found([host]))
    }

    static func connected(_ host: String) throws -> Incident {
        var incident = try good()
        incident.sessions = [Case.session([.connecting(host: host, Case.server)])]
        return incident
    }

    static func sender(mx host: String, spf: String? = nil) throws -> Incident {
        let exchanger = MailExchanger(10, host == "." ? .root : try DNSName(reading: host))
        let record = ResourceRecord(try DNSName(reading: "example.net"), .mx, ttl: 60, .exchange(exchanger))
        var incident = try sender(.found([record]))
        if let spf { try policy(spf, in: &incident) }
        return incident
    }

    static func sender(_ exchangers: DNSAnswer.Outcome) throws -> Incident {
        var incident = Case.incident(Case.greeted(after: .milliseconds(40)))
        Case.answer(&incident, .domain(try DNSName(reading: "example.net"))) { question in
            question.type == .mx ? exchangers : exchangers == .absent(.noSuchName) ? exchangers : .absent(.noSuchRecord)
        }
        return incident
    }

    /// SPF of the sender for our address; `nil` for a zone that fails.
    static func sender(spf: String?) throws -> Incident {
        var incident = Case.incident(Case.greeted(after: .milliseconds(40)))
        try policy(spf, in: &incident)
        return incident
    }

    private static func policy(_ spf: String?, in incident: inout Incident) throws {
        let sender = SPFSender(source: Case.source.address, domain: try DNSName(reading: "example.net"))
        Case.answer(&incident, .sender(sender)) { question in
            guard let spf else { return .serverFailure }
            guard question.type == .txt else { return .absent(.noSuchRecord) }
            return .found([ResourceRecord(question.name, .txt, ttl: 60, .text([Array(spf.utf8)]))])
        }
    }

    static func keyGone(_ raw: String) throws -> Incident {
        var incident = message(raw)
        let selector = DKIMSelector(try DNSName(reading: "a"), .known)
        Case.answer(&incident, .signer(try DNSName(reading: "example.net"), selectors: [selector])) { _ in
            .absent(.noSuchName)
        }
        return incident
    }
}
