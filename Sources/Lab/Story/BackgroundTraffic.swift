/// The other mail that a gateway has: the same seed gives the same connections.
///
/// An episode is one connection and what comes of it, as lines with pauses.
struct BackgroundTraffic: Sendable {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// The next connection. Without free MIDs it is one that brings no message.
    mutating func episode(freeMIDs: Int) -> [MailStory.Step] {
        let dice = random.below(100)
        guard freeMIDs > 2 else { return dice < 70 ? refusedConnection() : lostConnection() }
        return switch dice {
        case ..<14: refusedConnection()
        case ..<19: lostConnection()
        case ..<28: refusedRecipient()
        case ..<36: message(.spam)
        case ..<40: message(.delay)
        case ..<44: message(.bounce)
        case ..<70: message(.delivered)
        default: message(.relayed)
        }
    }

    /// A factor for the time to the next connection, 1 on average: now and then two connections overlap.
    mutating func unevenness() -> Double { 0.1 + Double(random.below(181)) / 100 }

    private enum Outcome { case delivered, relayed, spam, delay, bounce }

    // MARK: connections without a message

    private mutating func refusedConnection() -> [MailStory.Step] {
        let score = "-\(4 + random.below(5)).\(random.below(10))"
        return [
            step(0, newConnection(address(), name: nil)),
            step(0, "ICID \(icid: 0) REJECT SG BLACKLIST match sbrs[-10.0:-3.0] SBRS \(score)"),
            step(0.1, "ICID \(icid: 0) close"),
        ]
    }

    private mutating func lostConnection() -> [MailStory.Step] {
        [
            step(0, newConnection(address(), name: "mail\(random.below(9)).\(domain())")),
            step(0, accepted()),
            step(3 + Double(random.below(20)), "ICID \(icid: 0) lost"),
            step(0, "ICID \(icid: 0) close"),
        ]
    }

    private mutating func refusedRecipient() -> [MailStory.Step] {
        let sender = "\(user())@\(domain())"
        return [
            step(0, newConnection(address(), name: "mx\(random.below(4)).\(domain())")),
            step(0, accepted()),
            step(0.6, "Start MID \(mid: 0) ICID \(icid: 0)"),
            step(0, "MID \(mid: 0) ICID \(icid: 0) From: <\(sender)>"),
            step(0.3, "MID \(mid: 0) ICID \(icid: 0) To: <\(user())@example.test> Rejected by LDAPACCEPT"),
            step(0.3, "Message aborted MID \(mid: 0) Receiving aborted by sender"),
            step(0, "Message finished MID \(mid: 0) aborted"),
            step(0, "ICID \(icid: 0) close"),
        ]
    }

    // MARK: messages

    private mutating func message(_ outcome: Outcome) -> [MailStory.Step] {
        let isOut = outcome == .relayed
        let from = isOut ? "\(user())@example.test" : "\(user())@\(domain())"
        let to = isOut ? "\(user())@\(domain())" : "\(user())@example.test"
        var steps: [MailStory.Step] = []
        if isOut {
            let client = "10.1.\(random.below(4)).\(1 + random.below(60))"
            steps.append(step(0, newConnection(client, name: "store\(1 + random.below(2)).example.test")))
            steps.append(step(0, "ICID \(icid: 0) RELAY SG RELAYLIST match 10.1.0.0/16 SBRS not enabled"))
        } else {
            steps.append(step(0, newConnection(address(), name: "mail\(random.below(9)).\(domain())")))
            steps.append(step(0, accepted()))
        }
        steps.append(step(0.2, "ICID \(icid: 0) TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384"))
        steps.append(step(0.4, "Start MID \(mid: 0) ICID \(icid: 0)"))
        steps.append(step(0, "MID \(mid: 0) ICID \(icid: 0) From: <\(from)>"))
        steps.append(step(0.2, "MID \(mid: 0) ICID \(icid: 0) RID 0 To: <\(to)>"))
        let number = random.below(900_000) + 100_000
        steps.append(step(0.5, "MID \(mid: 0) Message-ID '<\(number).\(random.below(9000))@\(domain())>'"))
        steps.append(step(0, "MID \(mid: 0) Subject '\(subject(outcome))'"))
        steps.append(step(0.2, "MID \(mid: 0) ready \(900 + random.below(60_000)) bytes from <\(from)>"))
        steps += queue(outcome, isOut: isOut)
        steps += fate(outcome, from: from, to: to, nextHop: isOut ? address() : "10.9.0.\(1 + random.below(3))")
        steps.append(step(0.5, "ICID \(icid: 0) close"))
        return steps
    }

    private mutating func queue(_ outcome: Outcome, isOut: Bool) -> [MailStory.Step] {
        let verdict = outcome == .spam ? "positive" : "negative"
        let table = isOut ? "outbound" : "inbound"
        return [
            step(0.1, "MID \(mid: 0) matched all recipients for per-recipient policy DEFAULT in the \(table) table"),
            step(0.6, "MID \(mid: 0) interim verdict using engine: CASE spam \(verdict)"),
            step(0, "MID \(mid: 0) using engine: CASE spam \(verdict)"),
        ]
    }

    private mutating func fate(
        _ outcome: Outcome, from: String, to: String, nextHop: String
    ) -> [MailStory.Step] {
        if outcome == .spam {
            return [
                step(0.1, "Message aborted MID \(mid: 0) Dropped by CASE"),
                step(0, "Message finished MID \(mid: 0) done"),
            ]
        }
        var steps = [
            step(0.3, "MID \(mid: 0) interim AV verdict using Sophos CLEAN"),
            step(0, "MID \(mid: 0) antivirus negative "),
            step(0.1, "MID \(mid: 0) Outbreak Filters: verdict negative"),
            step(0.1, "MID \(mid: 0) queued for delivery"),
            step(0.4, "New SMTP DCID \(dcid: 0) interface 192.0.2.25 address \(nextHop) port 25"),
            step(0.3, "Delivery start DCID \(dcid: 0) MID \(mid: 0) to RID [0]"),
        ]
        let place = "DCID \(dcid: 0) MID \(mid: 0) From: <\(from)> To: <\(to)> RID 0" as LogLine
        switch outcome {
        case .delivered, .relayed, .spam: steps += delivered(0)
        case .delay:
            steps.append(
                step(
                    0.4,
                    "Delayed: \(place) - 4.3.2 - Not accepting messages at this time ('421', ['4.3.2 try again later'])"
                ))
            steps.append(step(1, "DCID \(dcid: 0) close"))
            steps.append(step(25, "New SMTP DCID \(dcid: 1) interface 192.0.2.25 address \(nextHop) port 25"))
            steps.append(step(0.3, "Delivery start DCID \(dcid: 1) MID \(mid: 0) to RID [0]"))
            steps += delivered(1)
        case .bounce:
            steps.append(
                step(
                    0.4,
                    "Bounced: \(place) - 5.1.0 - Unknown address error ('550', ['5.1.1 <\(to)>... User unknown'])"))
            steps.append(step(0, "Start MID \(mid: 1) ICID 0"))
            steps.append(step(0, "MID \(mid: 1) was generated for bounce of MID \(mid: 0)"))
            steps.append(step(0, "MID \(mid: 1) ICID 0 From: <>"))
            steps.append(step(0, "MID \(mid: 1) ICID 0 RID 0 To: <\(from)>"))
            steps.append(step(0, "MID \(mid: 1) ready \(2000 + random.below(3000)) bytes from <>"))
            steps.append(step(0, "Message finished MID \(mid: 0) done"))
            steps.append(step(0.1, "MID \(mid: 1) queued for delivery"))
            steps.append(step(0.4, "New SMTP DCID \(dcid: 1) interface 192.0.2.25 address \(address()) port 25"))
            steps.append(step(0.3, "Delivery start DCID \(dcid: 1) MID \(mid: 1) to RID [0]"))
            steps.append(step(0.4, "Message done DCID \(dcid: 1) MID \(mid: 1) to RID [0] "))
            steps.append(step(0, "MID \(mid: 1) RID [0] Response '2.0.0 Ok: queued as \(remoteID())'"))
            steps.append(step(0, "Message finished MID \(mid: 1) done"))
            steps.append(step(1, "DCID \(dcid: 0) close"))
            steps.append(step(2, "DCID \(dcid: 1) close"))
        }
        return steps
    }

    private mutating func delivered(_ slot: Int) -> [MailStory.Step] {
        [
            step(0.6, "Message done DCID \(dcid: slot) MID \(mid: 0) to RID [0] "),
            step(0, "MID \(mid: 0) RID [0] Response '2.0.0 Ok: queued as \(remoteID())'"),
            step(0, "Message finished MID \(mid: 0) done"),
            step(3, "DCID \(dcid: slot) close"),
        ]
    }

    // MARK: words

    private func step(_ after: Double, _ line: LogLine) -> MailStory.Step { .init(after: after, line: line) }

    private mutating func newConnection(_ address: String, name: String?) -> LogLine {
        let reverse = name.map { "\($0) verified yes" } ?? "unknown verified no"
        return "New SMTP ICID \(icid: 0) interface Data 1 (192.0.2.25) address \(address) reverse dns host \(reverse)"
    }

    private mutating func accepted() -> LogLine {
        "ICID \(icid: 0) ACCEPT SG UNKNOWNLIST match sbrs[-1.0:10.0] SBRS \(random.below(6)).\(random.below(10))"
    }

    /// In the ranges for documentation, RFC 5737.
    private mutating func address() -> String {
        "\(random.pick(["198.51.100", "203.0.113"])).\(1 + random.below(254))"
    }

    private mutating func domain() -> String {
        let words = ["amber", "cedar", "delta", "harbor", "jade", "maple", "nova", "quartz", "ridge", "willow"]
        return "\(random.pick(words)).\(random.pick(["example", "example.net", "example.org"]))"
    }

    private mutating func user() -> String {
        random.pick(["aiko", "bruno", "chen", "dana", "emil", "fumi", "greta", "hiro", "ines", "jun", "kenji", "lena"])
    }

    private mutating func subject(_ outcome: Outcome) -> String {
        let subjects = [
            "Re: meeting on Monday", "Your order has shipped", "Invoice \(random.below(9000))",
            "Backup status: successful",
            "テスト送信", "Fwd: quarterly report", "Photos",
        ]
        return outcome == .spam ? "You have WON \(random.below(9000))" : random.pick(subjects)
    }

    private mutating func remoteID() -> String {
        String(0x10_0000_0000 + random.below(0xFF_FFFF), radix: 16, uppercase: true)
    }
}

/// Sebastiano Vigna's splitmix64: a small generator whose sequence is the same everywhere.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// 0 up to but not `limit`.
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// `words` must not be empty.
    mutating func pick(_ words: [String]) -> String { words[below(words.count)] }
}
