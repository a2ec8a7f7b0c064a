extension LogFormat {
    /// The text mail log of a Cisco ESA (Secure Email Gateway), as a file or through syslog.
    static let gatewayMailLog = LogFormat(
        name: "Cisco ESA mail log",
        samples: [
            Sample(
                "Mon Feb  2 10:00:04 2026 Info: New SMTP ICID 6 interface Data 1 (192.0.2.25) address 198.51.100.4 "
                    + "reverse dns host mx.sender.test verified yes", "connected", [.icid(6)]),
            Sample(
                "<22>Feb  2 10:00:05 esa1 mail_logs: Info: ICID 6 ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS 1.2",
                "accepted", [.icid(6)]),
            Sample("<22>Feb  2 10:00:06 mail_logs: Info: Start MID 214 ICID 6", "started", [.mid(214), .icid(6)]),
            Sample(
                "2026-02-02T10:00:06+01:00 relay1 mail_logs: Mon Feb  2 10:00:06 2026 Info: MID 214 ICID 6 From: <a@sender.test>",
                "sender", [.mid(214), .icid(6)]),
            Sample(
                "Mon Feb  2 10:00:07 2026 Info: ICID 6 MID 214 Invalid recipient address: Invalid character in address: '!'",
                "other", [.mid(214), .icid(6)]),
            Sample(
                "Mon Feb  2 10:00:08 2026 Info: Bounced: DCID 3 MID 214 to RID 0 - 5.1.0 - Unknown address error "
                    + "('550', ['5.1.1 User unknown']) []", "bounced", [.mid(214), .dcid(3)]),
        ],
        read: { line, frame in
            guard let gateway = GatewayLine(line, frame) else { return nil }
            if case .unknown = gateway.event, GatewayNote.isOfAnotherLog(line, frame) { return nil }
            return record(gateway, line)
        },
        join: { graph, line, frame in
            guard let gateway = GatewayLine(line, frame) else { return .foreign }
            if case .unknown = gateway.event {
                if GatewayNote.isOfAnotherLog(line, frame) { return .foreign }
                graph.begin(gateway.frame, line)
                return GatewayNote.isSystem(line, gateway.text) ? .known : .unknown
            }
            graph.begin(gateway.frame, line)
            graph.join(gateway, line)
            return .known
        }
    )

    private static func record(_ gateway: GatewayLine, _ line: Span<UInt8>) -> LogRecord {
        var (event, keys) = words(gateway.event)
        if event == "unknown", GatewayNote.isSystem(line, gateway.text) { event = "system" }
        var reply: String?
        switch gateway.event {
        case .attempt(_, _, _, _, _, let words): reply = LoggedReply.gateway(line.string(words))
        case .response(_, _, let words): reply = "250 \(line.string(words))"
        case .opened, .policy, .connection, .started, .sender, .recipient, .recipientRejected, .linked, .message,
            .derived, .deliveryStarted, .delivered, .deliveryOpened, .delivery, .connectionError, .system, .unknown:
            break
        }
        return LogRecord(
            time: gateway.frame.time, host: line.string(gateway.frame.host), level: line.string(gateway.level),
            keys: keys, event: event, text: line.string(gateway.text..<line.count), reply: reply)
    }

    /// The stable word for each kind of line, and its identifiers.
    private static func words(_ event: GatewayEvent) -> (String, [TraceKey]) {
        switch event {
        case .opened(let icid, _, _, _): ("connected", [.icid(icid)])
        case .policy(let icid, let policy, _):
            switch policy {
            case .accept: ("accepted", [.icid(icid)])
            case .relay: ("relayed", [.icid(icid)])
            case .reject: ("rejected", [.icid(icid)])
            case .refuse: ("refused", [])
            }
        case .connection(let icid, let fact, _): (word(fact), [.icid(icid)])
        case .started(let mid, let icid): ("started", keys(mid, icid))
        case .sender(let mid, let icid, _): ("sender", keys(mid, icid))
        case .recipient(let mid, let icid, _, _): ("recipient", keys(mid, icid))
        case .recipientRejected(let mid, let icid, _, _): ("recipient-rejected", keys(mid, icid))
        case .linked(let mid, let icid): ("other", keys(mid, icid))
        case .message(let mid, let fact, _): (word(fact), [.mid(mid)])
        case .derived(let relation, let parent, let child, let owner):
            (word(relation), owner == child ? [.mid(child), .mid(parent)] : [.mid(parent), .mid(child)])
        case .deliveryStarted(let dcid, let mid, _): ("delivery-started", [.mid(mid), .dcid(dcid)])
        case .delivered(let dcid, let mid, _, let quarantine):
            (quarantine ? "spam-quarantined" : "delivered", [.mid(mid), .dcid(dcid)])
        case .response(let mid, _, _): ("response", [.mid(mid)])
        case .attempt(let kind, let dcid, let mid, _, _, _):
            (
                kind == .delayed ? "delayed" : kind == .bounced ? "bounced" : "double-bounced",
                dcid == 0 ? [.mid(mid)] : [.mid(mid), .dcid(dcid)]
            )
        case .deliveryOpened(let dcid, _): ("delivery-connected", [.dcid(dcid)])
        case .delivery(let dcid, let fact, _):
            switch fact {
            case .tls: ("delivery-tls", [.dcid(dcid)])
            case .tlsFailed: ("delivery-tls-failed", [.dcid(dcid)])
            case .closed: ("delivery-closed", [.dcid(dcid)])
            case .other: ("other", [.dcid(dcid)])
            }
        case .connectionError(let dcid, _, _): ("delivery-failed", [.dcid(dcid)])
        case .system: ("system", [])
        case .unknown: ("unknown", [])
        }
    }

    private static func keys(_ mid: UInt64, _ icid: UInt64) -> [TraceKey] {
        icid == 0 ? [.mid(mid)] : [.mid(mid), .icid(icid)]
    }

    private static func word(_ fact: GatewayEvent.ConnectionFact) -> String {
        switch fact {
        case .tls: "tls"
        case .tlsFailed: "tls-failed"
        case .authenticated: "authenticated"
        case .authenticationFailed: "authentication-failed"
        case .senderRejected: "sender-rejected"
        case .receivingFailed: "receiving-failed"
        case .rejectDelayed: "reject-delayed"
        case .idle: "idle"
        case .lostBeforeBanner: "lost-before-banner"
        case .lost: "lost"
        case .closed: "closed"
        case .other: "other"
        }
    }

    private static func word(_ fact: GatewayEvent.MessageFact) -> String {
        switch fact {
        case .messageID: "message-id"
        case .subject: "subject"
        case .ready: "ready"
        case .queued: "queued"
        case .quarantined: "quarantined"
        case .released: "released"
        case .deleted: "deleted"
        case .spamTagged: "spam-tagged"
        case .spamQuarantined: "spam-quarantined"
        case .ldapDropped: "ldap-dropped"
        case .ldapBounced: "ldap-bounced"
        case .requeued: "requeued"
        case .dropped: "dropped"
        case .dmarcRejected: "dmarc-rejected"
        case .aborted: "aborted"
        case .finished: "finished"
        case .pending: "pending"
        case .scanned: "scanned"
        case .other: "other"
        }
    }

    private static func word(_ relation: MessageNode.Relation) -> String {
        switch relation {
        case .none: "other"
        case .split: "split"
        case .copied: "copied"
        case .rewritten: "rewritten"
        case .bounce: "bounce-generated"
        case .reinjected: "reinjected"
        }
    }
}
