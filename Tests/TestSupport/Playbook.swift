import MailVocabulary
import SMTP

/// A story of one session, told to the state machine step by step: what comes in, and what must go out.
///
///     var story = Playbook(plan)
///     story.connect()
///     story.receive("220 mx.example.test ESMTP\r\n")
///     story.expect("EHLO probe.example.net")
///
/// Nothing is thrown: `failures` says what went otherwise, and commands that nobody expected are failures too.
public struct Playbook {
    public private(set) var machine: SessionStateMachine
    public private(set) var record: SessionRecord
    public private(set) var now = Duration.zero
    private var mismatches: [String] = []
    private var sent: [UInt8] = []
    private var wantsTLS = false
    private var closes = false
    /// The piece of a file that is wanted next.
    public private(set) var wanted: ContentRequest?

    public init(_ plan: SessionPlan, credentials: Credentials? = nil) {
        machine = SessionStateMachine(plan: plan, credentials: credentials)
        record = SessionRecord(plan: plan)
    }

    public var isClosed: Bool { closes }

    /// What went otherwise than told, what was sent unexpectedly included.
    public var failures: [String] {
        sent.isEmpty ? mismatches : mismatches + ["sent and not expected: \(String(decoding: sent, as: UTF8.self))"]
    }

    /// The name resolves and TCP stands: 5 ms each.
    public mutating func connect() {
        let peer = IPAddress(v4: 192, 0, 2, 25)
        take(machine.started(at: now))
        let host = machine.plan.target.name
        let found = Resolution(candidates: [Resolution.Candidate(host: host, addresses: [peer])])
        pass(.milliseconds(5))
        take(machine.resolved(found, took: .milliseconds(5), at: now))
        take(machine.connecting(host: host, to: Endpoint(peer, 25), at: now))
        pass(.milliseconds(5))
        let local = Endpoint(IPAddress(v4: 198, 51, 100, 4), 40_000)
        take(machine.connected(local: local, remote: Endpoint(peer, 25), took: .milliseconds(5), at: now))
    }

    /// The server sends; 10 ms later it is here.
    public mutating func receive(_ text: String) { receive(Array(text.utf8)) }

    public mutating func receive(_ bytes: [UInt8]) {
        pass(.milliseconds(10))
        take(machine.received(bytes, at: now))
    }

    public mutating func order(_ order: SessionOrder) { take(machine.order(order, at: now)) }

    public mutating func end(_ how: TransportEnd) { take(machine.ended(how, at: now)) }

    /// The machine must have asked for TLS; it is given it.
    public mutating func handshake(_ facts: TLSFacts = TLSFacts(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384")) {
        if !wantsTLS, !machine.plan.target.implicitTLS { mismatches.append("TLS was not asked for") }
        wantsTLS = false
        pass(.milliseconds(20))
        take(machine.secured(facts, took: .milliseconds(20), at: now))
    }

    public mutating func failHandshake(_ words: String) { take(machine.tlsFailed(words, at: now)) }

    /// Time goes by, and the shell wakes the machine whenever it asked for that.
    public mutating func wait(_ time: Duration) {
        let end = now + time
        while let deadline = machine.deadline, deadline <= end {
            now = max(now, deadline)
            take(machine.deadlinePassed(at: now))
        }
        now = end
    }

    /// The next line that went out.
    public mutating func expect(_ line: String) {
        guard let end = sent.firstIndex(of: 0x0A) else {
            return mismatches.append("expected \(line), nothing was sent")
        }
        let bytes = sent[...end]
        sent.removeSubrange(...end)
        let found = String(decoding: bytes, as: UTF8.self)
        if found != line + "\r\n" { mismatches.append("expected \(line), sent \(found)") }
    }

    /// These bytes went out, and lie before everything that is expected later.
    public mutating func takeSent(_ count: Int) -> [UInt8] {
        if sent.count < count { mismatches.append("\(sent.count) octets were sent, not \(count)") }
        defer { sent.removeFirst(min(count, sent.count)) }
        return Array(sent.prefix(count))
    }

    /// The next line that went out, whatever it is, without CRLF.
    public mutating func takeSentLine() -> String {
        String(decoding: takeSent((sent.firstIndex(of: 0x0A) ?? -1) + 1).dropLast(2), as: UTF8.self)
    }

    /// The envelope of one recipient goes out and is taken, up to the 354.
    ///
    /// - Parameter parameters: of MAIL, with the blank before them.
    public mutating func openData(demanding parameters: String = "") {
        for (line, reply) in [
            ("MAIL FROM:<probe@example.net>" + parameters, "250 ok\r\n"),
            ("RCPT TO:<user@example.test>", "250 ok\r\n"), ("DATA", "354 go\r\n"),
        ] {
            expect(line)
            receive(reply)
        }
    }

    /// A message and its final dot went out.
    public mutating func expectMessage() {
        let end = Array("\r\n.\r\n".utf8)
        guard let last = sent.indices.first(where: { sent[$0...].starts(with: end) }) else {
            return mismatches.append("expected a message, sent \(String(decoding: sent, as: UTF8.self))")
        }
        sent.removeSubrange(...(last + end.count - 1))
    }

    /// The next chunk went out behind `line`.
    /// - Returns: its bytes as text.
    public mutating func takeChunk(_ line: String) -> String {
        expect(line)
        let count = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        if sent.count < count { mismatches.append("\(line) with \(sent.count) octets behind it") }
        defer { sent.removeFirst(min(count, sent.count)) }
        return String(decoding: sent.prefix(count), as: UTF8.self)
    }

    /// The last chunk went out, whatever its size.
    public mutating func takeLastChunk() -> String {
        let line = String(decoding: sent.prefix { $0 != 0x0D }, as: UTF8.self)
        if !line.hasPrefix("BDAT ") || !line.hasSuffix(" LAST") {
            mismatches.append("expected BDAT … LAST, sent \(line)")
        }
        return takeChunk(line)
    }

    /// The piece that the machine asked for.
    public mutating func bring(from file: [UInt8]) {
        guard let request = wanted else { return mismatches.append("nothing was to be read") }
        wanted = nil
        pass(.milliseconds(1))
        take(machine.content(Array(file[request.offset..<request.offset + request.count]), at: now))
    }

    /// The file cannot be read any more.
    public mutating func failToRead(_ words: String) { take(machine.contentFailed(words, at: now)) }

    private mutating func pass(_ time: Duration) { wait(time) }

    private mutating func take(_ actions: [SessionAction]) {
        for action in actions {
            switch action {
            case .send(let bytes):
                if closes { mismatches.append("sent after the end: \(String(decoding: bytes, as: UTF8.self))") }
                sent += bytes
            case .startTLS: wantsTLS = true
            case .close: closes = true
            case .read(let request): wanted = request
            case .report(let event): record.append(event)
            }
        }
    }
}
