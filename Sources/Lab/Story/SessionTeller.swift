import MailVocabulary

/// Tells the log what real sessions do, in the line forms of an ESA, and what becomes of their messages.
struct SessionTeller: Sendable {
    let log: LabLog
    /// Our own address of outgoing connections, in the log.
    let interface: String
    /// The address of the mail store, in the log.
    let nextHop: String
    /// Tells on when the session has gone on.
    let stories: StoryTeller

    func tell(_ event: GatewayEvent, icid: Int) {
        if case .received(let receipt) = event { return tell(receipt, icid: icid) }
        for line in Self.lines(event, icid: icid) { log.write(line) }
    }

    private func tell(_ receipt: MessageReceipt, icid: Int) {
        if !receipt.messageID.isEmpty { log.write("MID \(receipt.mid) Message-ID \(Self.quoted(receipt.messageID))") }
        log.write("MID \(receipt.mid) Subject \(Self.quoted(receipt.subject))")
        log.write("MID \(receipt.mid) ready \(receipt.size) bytes from <\(LabLog.escaped(receipt.sender))>")
        let story = MailStory(receipt, interface: interface, nextHop: nextHop)
        stories.tell(story.steps, LogSlots(icid: icid, mid: receipt.mid))
    }

    /// Single quotes; double ones round a text that has a single one.
    private static func quoted(_ text: String) -> String {
        let text = LabLog.escaped(text)
        return text.contains("'") ? "\"\(text)\"" : "'\(text)'"
    }

    static func lines(_ event: GatewayEvent, icid: Int) -> [String] {
        switch event {
        case .accepted(let client, let interface, let reverse, let group):
            return [
                "New SMTP ICID \(icid) interface Data 1 (\(interface)) address \(client) reverse dns host \(words(reverse))",
                "ICID \(icid) \(words(group, client))",
            ]
        case .lostBeforeBanner(let client, let interface, let seconds):
            return [
                "New SMTP ICID \(icid) interface Data 1 (\(interface)) address \(client) reverse dns host \(words(.unknown))",
                "ICID \(icid) Connection from \(client) on interface Data 1 (\(interface)) lost after \(seconds) seconds"
                    + " (DNS query took \(seconds) seconds), before any commands were received",
            ]
        case .tooManyConnections: return ["ICID \(icid) Receiving Failed: Connection limit exceeded"]
        case .tlsStarted(let version, let cipher):
            return ["ICID \(icid) TLS success protocol \(version) cipher \(cipher)"]
        case .tlsFailed(let reason): return ["ICID \(icid) TLS failed: \(LabLog.escaped(reason))"]
        case .tlsMissing: return ["ICID \(icid) TLS was required but remote host did not initiate it"]
        case .authenticated(let user, let mechanism): return [words(icid, "succeeded", user, mechanism)]
        case .authenticationFailed(let user, let mechanism): return [words(icid, "failed", user, mechanism)]
        case .unknownCommand(let command): return ["ICID \(icid) Unknown command: \(MailStory.quoted(command))"]
        case .senderRefused(let address, let reason):
            return ["ICID \(icid) Address: <\(LabLog.escaped(address))> sender rejected, \(reason)"]
        case .started(let mid, let sender):
            return ["Start MID \(mid) ICID \(icid)", "MID \(mid) ICID \(icid) From: <\(LabLog.escaped(sender))>"]
        case .recipient(let mid, let rid, let address):
            return ["MID \(mid) ICID \(icid) RID \(rid) To: <\(LabLog.escaped(address))>"]
        case .recipientRefused(let mid, let address, let refuser):
            return ["MID \(mid) ICID \(icid) To: <\(LabLog.escaped(address))> Rejected by \(refuser.rawValue)"]
        case .received: return []
        case .receivingFailed(let reason): return ["ICID \(icid) Receiving Failed: \(reason)"]
        case .aborted(let mid, let bySender):
            return [
                "Message aborted MID \(mid) Receiving aborted\(bySender ? " by sender" : "")",
                "Message finished MID \(mid) aborted",
            ]
        case .disconnectedIdle(let client):
            return ["ICID \(icid) disconnected address \(client), no messages injected within timeout period"]
        case .lost: return ["ICID \(icid) lost"]
        case .closed: return ["ICID \(icid) close"]
        }
    }

    private static func words(_ reverse: ReverseName) -> String {
        switch reverse {
        case .name(let name, let verified): "\(LabLog.escaped(name)) verified \(verified ? "yes" : "no")"
        case .unknown: "unknown verified no"
        }
    }

    private static func words(_ group: LabBehaviour.SenderGroup, _ client: IPAddress) -> String {
        let score = client.isPrivate ? "rfc1918" : "None"
        return switch group {
        case .accept: "ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS \(score)"
        case .relay: "RELAY SG RELAYLIST match \(client) SBRS not enabled"
        case .reject: "REJECT SG BLACKLIST match \(client) SBRS \(score)"
        }
    }

    private static func words(_ icid: Int, _ result: String, _ user: String, _ mechanism: String) -> String {
        "SMTP Auth: (ICID \(icid)) \(result) for user: \(LabLog.escaped(user)) using AUTH mechanism: \(mechanism)"
            + " with profile: lab_users"
    }
}
