/// A message's way after the gateway has taken it, as log lines with pauses: the work queue, and what becomes of each
/// recipient.
struct MailStory: Sendable {
    /// A line, and the seconds that pass before it is written.
    struct Step: Hashable, Sendable {
        var after: Double
        var line: LogLine
    }

    private(set) var steps: [Step] = []
    /// Slot 0 is the message; the messages made of it have 1, 2, …
    private var lastMIDSlot = 0
    private var lastDCIDSlot = -1
    private let nextHop: String
    private let interface: String

    /// `interface` is our own address of outgoing connections, `nextHop` the address of the mail store.
    init(_ receipt: MessageReceipt, interface: String, nextHop: String) {
        (self.interface, self.nextHop) = (interface, nextHop)
        tell(receipt)
    }

    private mutating func add(_ after: Double, _ line: LogLine) { steps.append(Step(after: after, line: line)) }

    // MARK: the work queue

    private mutating func tell(_ receipt: MessageReceipt) {
        let table = receipt.isRelayed ? "outbound" : "inbound"
        add(0.1, "MID \(mid: 0) matched all recipients for per-recipient policy DEFAULT in the \(table) table")
        let fates = receipt.recipients.map(\.fate)
        if fates.contains(.spam) {
            scan("positive")
            return drop("CASE")
        }
        scan("negative")
        if fates.contains(.virus) {
            add(0.2, "MID \(mid: 0) interim AV verdict using Sophos VIRAL")
            add(0, "MID \(mid: 0) antivirus positive 'EICAR-AV-Test'")
            return drop("antivirus")
        }
        add(0.2, "MID \(mid: 0) interim AV verdict using Sophos CLEAN")
        add(0, "MID \(mid: 0) antivirus negative ")
        add(0.05, "MID \(mid: 0) AMP file reputation verdict : SKIPPED (no attachment in message)")
        if fates.contains(.dropped) { return drop("content filter 'drop_test' in the inbound table") }
        add(0.05, "MID \(mid: 0) Outbreak Filters: verdict negative")
        if fates.contains(.quarantined) {
            return add(0.05, "MID \(mid: 0) quarantined to \"Policy\" (content filter:quarantine_test)")
        }
        add(0.05, "MID \(mid: 0) queued for delivery")
        deliver(receipt)
    }

    private mutating func scan(_ verdict: String) {
        add(0.4, "MID \(mid: 0) interim verdict using engine: CASE spam \(verdict)")
        add(0, "MID \(mid: 0) using engine: CASE spam \(verdict)")
    }

    private mutating func drop(_ by: String) {
        add(0.05, "Message aborted MID \(mid: 0) Dropped by \(by)")
        add(0, "Message finished MID \(mid: 0) done")
    }

    // MARK: delivery

    private mutating func deliver(_ receipt: MessageReceipt) {
        let good = receipt.recipients.filter { $0.fate != .bounced && $0.fate != .delayed }
        let bad = receipt.recipients.filter { $0.fate == .bounced }
        let late = receipt.recipients.filter { $0.fate == .delayed }
        let first = connect(after: 0.3)
        if !good.isEmpty { send(0, good.map(\.rid), over: first, receipt.mid) }
        for recipient in bad { refuse(recipient, receipt.sender, over: first) }
        for recipient in late { delay(recipient, receipt.sender, over: first) }
        if late.isEmpty { finish(bad, receipt) }
        add(2, "DCID \(dcid: first) close")
        guard !late.isEmpty else { return }
        let second = connect(after: 4)
        send(0, late.map(\.rid), over: second, receipt.mid)
        finish(bad, receipt)
        add(2, "DCID \(dcid: second) close")
    }

    private mutating func connect(after: Double) -> Int {
        lastDCIDSlot += 1
        add(after, "New SMTP DCID \(dcid: lastDCIDSlot) interface \(interface) address \(nextHop) port 25")
        add(0.1, "DCID \(dcid: lastDCIDSlot) TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 ")
        return lastDCIDSlot
    }

    private mutating func send(_ slot: Int, _ rids: [Int], over dcid: Int, _ mid: Int) {
        let list = "[\(rids.map(String.init).joined(separator: ", "))]"
        let remote = String(UInt64(truncatingIfNeeded: mid &* 0x9E37_79B9 &+ slot) & 0xFF_FFFF_FFFF, radix: 16)
        add(0.05, "Delivery start DCID \(dcid: dcid) MID \(mid: slot) to RID \(list)")
        add(0.4, "Message done DCID \(dcid: dcid) MID \(mid: slot) to RID \(list) ")
        add(0, "MID \(mid: slot) RID \(list) Response '2.0.0 Ok: queued as \(remote.uppercased())'")
    }

    private mutating func refuse(_ recipient: MessageReceipt.Recipient, _ sender: String, over dcid: Int) {
        add(0.05, "Delivery start DCID \(dcid: dcid) MID \(mid: 0) to RID [\(recipient.rid)]")
        let envelope =
            "From: <\(LabLog.escaped(sender))> To: <\(LabLog.escaped(recipient.address))> RID \(recipient.rid)"
        let reply =
            "('550', [\(Self.quoted("5.1.1 <\(recipient.address)>: Recipient address rejected: User unknown"))])"
        add(
            0.3,
            "Bounced: DCID \(dcid: dcid) MID \(mid: 0) \(envelope) - 5.1.0 - Unknown address error \(reply)")
    }

    private mutating func delay(_ recipient: MessageReceipt.Recipient, _ sender: String, over dcid: Int) {
        add(0.05, "Delivery start DCID \(dcid: dcid) MID \(mid: 0) to RID [\(recipient.rid)]")
        let envelope =
            "From: <\(LabLog.escaped(sender))> To: <\(LabLog.escaped(recipient.address))> RID \(recipient.rid)"
        let reply = "('451', ['4.7.1 Greylisted, please try again later'])"
        add(
            0.3,
            "Delayed: DCID \(dcid: dcid) MID \(mid: 0) \(envelope) - 4.3.0 - Other mail system problem \(reply)")
    }

    /// The message is done; a bounce goes to the sender of those that wanted to hear of failures, RFC 3461 §4.1.
    private mutating func finish(_ bounced: [MessageReceipt.Recipient], _ receipt: MessageReceipt) {
        let wantsBounce = !receipt.sender.isEmpty && bounced.contains { $0.notify.contains(.failure) }
        if wantsBounce {
            lastMIDSlot += 1
            let slot = lastMIDSlot
            let size = receipt.request.returnsWholeMessage ? receipt.size + 2100 : 2400
            add(0.05, "Start MID \(mid: slot) ICID 0")
            add(0, "MID \(mid: slot) was generated for bounce of MID \(mid: 0)")
            add(0, "MID \(mid: slot) ICID 0 From: <>")
            add(0, "MID \(mid: slot) ICID 0 RID 0 To: <\(LabLog.escaped(receipt.sender))>")
            add(0, "MID \(mid: slot) ready \(size) bytes from <>")
            add(0, "Message finished MID \(mid: 0) done")
            add(0.05, "MID \(mid: slot) queued for delivery")
            let dcid = connect(after: 0.3)
            send(slot, [0], over: dcid, receipt.mid)
            add(0, "Message finished MID \(mid: slot) done")
            add(0.5, "DCID \(dcid: dcid) close")
        } else {
            add(0, "Message finished MID \(mid: 0) done")
        }
    }

    /// As Python's `repr` writes a string.
    static func quoted(_ text: String) -> String {
        let text = LabLog.escaped(text)
        return text.contains("'") && !text.contains("\"") ? "\"\(text)\"" : "'\(text.replacing("'", with: "\\'"))'"
    }
}
