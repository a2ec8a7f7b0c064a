/// Reads of each line of a Postfix log no more than whose it is.
///
/// A connection has no identifier there: it is what one smtpd process says about one client from `connect` to `disconnect`. Here
/// it is called by the place of its first line; where a stretch ends in the middle of one, `SessionStitch` says which it was.
struct PostfixScanner: Sendable {
    private let question: ScanQuestion.Subject
    /// What stood before the program's name in the latest line.
    private var latest = PostfixPrefix()
    /// Those before the latest one: of other hosts, of other instances.
    private var others: [PostfixPrefix] = []
    private(set) var ledger = OwnerLedger()
    private(set) var stitch = SessionStitch()
    private(set) var foreignCount = 0
    private(set) var unknownCount = 0
    private(set) var announcedCount = 0

    init(_ question: ScanQuestion.Subject) { self.question = question }

    mutating func finish(offset: UInt64) { ledger.finish(offset: offset) }

    /// Counts lines in: those of `bytes` from `start` on that end at `ends`.
    mutating func take(_ bytes: Span<UInt8>, _ ends: Span<UInt32>, from start: Int, offset: UInt64) {
        var owners = [UInt32](repeating: 0, count: ends.count)
        var free = owners.mutableSpan
        var begin = start
        for place in ends.indices {
            let end = bytes.lineEnd(begin, ends[place])
            free[place] = owner(of: bytes.extracting(begin..<end), offset &+ UInt64(begin)).rawValue
            begin = Int(ends[place]) &+ 1
        }
        ledger.append(owners.span, ends: ends, from: start, offset: offset)
    }

    @inline(__always)
    private mutating func owner(of line: Span<UInt8>, _ offset: UInt64) -> LineOwner {
        if latest.stands(in: line), let (pid, text) = line.process(at: latest.end) {
            return owner(of: PostfixWriter(host: latest.host, pid: pid, text: text, offset: offset), line)
        }
        return slowly(line, offset)
    }

    /// A line whose prefix is not the latest one.
    @inline(never)
    private mutating func slowly(_ line: Span<UInt8>, _ offset: UInt64) -> LineOwner {
        for place in others.indices where others[place].stands(in: line) {
            guard let (pid, text) = line.process(at: others[place].end) else { continue }
            (others[place], latest) = (latest, others[place])
            return owner(of: PostfixWriter(host: latest.host, pid: pid, text: text, offset: offset), line)
        }
        guard let frame = LineFrame(line), let postfix = PostfixLine(line, frame) else {
            // What another format may claim is read in full.
            if let frame = LineFrame(line), LogFormat.all.contains(where: { $0.read(line, frame) != nil }) {
                foreignCount += 1
                return .foreign
            }
            // The journal's JSON is unpacked by whoever reads in full.
            if JournalObject.mayBe(line) {
                foreignCount += 1
                return .foreign
            }
            unknownCount += 1
            return .none
        }
        let host = line.mixed(frame.host, into: 0xCBF2_9CE4_8422_2325)
        let writer = PostfixWriter(host: host, pid: frame.pid, text: frame.text, offset: offset)
        // Of a content filter: seldom, and in words of its own.
        guard line.has("postfix", at: frame.tag.lowerBound) else { return filtered(postfix, writer, line) }
        if let prefix = PostfixPrefix(line, frame, host: host) {
            if others.count == 16 { others.removeLast() }
            if latest.end != 0 { others.insert(latest, at: 0) }
            latest = prefix
        }
        return owner(of: writer, line)
    }

    private mutating func owner(of writer: PostfixWriter, _ line: Span<UInt8>) -> LineOwner {
        guard writer.text < line.count else { return .none }
        if let id = PostfixLine.queueID(line, writer.text) { return message(id, writer, line) }
        if line.has(PostfixWords.warning, at: writer.text), let id = PostfixLine.queueID(line, writer.text + 9) {
            return asked(writer.message(line, id), line, writer.text)
        }
        return session(writer, line)
    }

    // MARK: Messages

    private mutating func message(_ id: Range<Int>, _ writer: PostfixWriter, _ line: Span<UInt8>) -> LineOwner {
        let (owner, at) = (asked(writer.message(line, id), line, writer.text), id.upperBound + 2)
        guard at < line.count else { return owner }
        switch line[at] {
        case 0x63 where line.has(PostfixWords.client, at: at):
            if let client = PostfixLine.client(line, at + 7) { ledger.tie(owner, session(of: client, writer, line)) }
        case 0x74 where line.has(PostfixWords.recipient, at: at):
            if let loose = stitch.takeLoose(writer.looseKey, for: owner) { ledger.tie(owner, loose) }
            if let new = PostfixFilter.queueID(line, PostfixWords.queuedAs, at) {
                ledger.tie(owner, writer.message(line, new))
            }
        case 0x66, 0x6D, 0x72, 0x75: break  // from=, message-id=, milter-reject, removed, reject, uid=
        default:
            if let new = PostfixFilter.queueID(line, PostfixWords.notification, at) {
                ledger.tie(owner, writer.message(line, new))
            }
        }
        return owner
    }

    private mutating func filtered(_ postfix: PostfixLine, _ writer: PostfixWriter, _ line: Span<UInt8>) -> LineOwner {
        guard case .filtered(let id, let filter) = postfix.event else { return .foreign }
        let owner = asked(writer.message(line, id), line, writer.text)
        if !filter.new.isEmpty { ledger.tie(owner, writer.message(line, filter.new)) }
        return owner
    }

    private mutating func asked(_ owner: LineOwner, _ line: Span<UInt8>, _ start: Int) -> LineOwner {
        if case .words(let words) = question, line.contains(lowercased: words, from: start) { ledger.seed(owner) }
        return owner
    }

    // MARK: Sessions

    private mutating func session(_ writer: PostfixWriter, _ line: Span<UInt8>) -> LineOwner {
        if line[writer.text] == 0x4E, let client = PostfixLine.refusedClient(line, writer.text) {
            return session(of: client, writer, line)
        }
        switch PostfixLine.session(line, writer.text) {
        case .connected(let client):
            announcedCount += 1
            let owner = writer.session
            stitch.begin(writer.clientKey(line, client.address), owner)
            stitch.begin(writer.processKey, owner)
            seed(owner, address: client.address, from: client.name.lowerBound, line)
            return owner
        case .disconnected(let client):
            let owner = session(of: client, writer, line)
            stitch.end(writer.clientKey(line, client.address))
            return owner
        case .lost(let client, _), .tls(let client), .tlsFailed(let client, _), .refused(_, let client, _, _, _, _):
            return session(of: client, writer, line)
        case .unreachable: return stitch.current(writer.looseKey, otherwise: writer.delivery)
        case .process: return note(writer, line)
        case .received, .submitted, .messageID, .queued, .expired, .delivery, .notification, .held, .removed, .message,
            .filtered:
            return .foreign
        }
    }

    private mutating func note(_ writer: PostfixWriter, _ line: Span<UInt8>) -> LineOwner {
        guard let frame = LineFrame(line), let note = PostfixNote(line, frame) else {
            unknownCount += 1
            return stitch.current(writer.processKey, otherwise: writer.session)
        }
        switch note {
        case .session(let client, _, _): return session(of: client, writer, line)
        case .screened(let label, let address, _, _):
            let owner = writer.named(line, label)
            seed(owner, address: address, from: label.lowerBound, line)
            return owner
        case .delivery: return stitch.current(writer.looseKey, otherwise: writer.delivery)
        case .process: return stitch.current(writer.processKey, otherwise: writer.session)
        }
    }

    /// The open session of the process with this client; one that began before the stretch when there is none.
    private mutating func session(of client: PostfixEvent.Client, _ writer: PostfixWriter, _ line: Span<UInt8>)
        -> LineOwner
    {
        let own = writer.session
        let owner = stitch.current(writer.clientKey(line, client.address), otherwise: own)
        guard owner == own else { return owner }
        stitch.begin(writer.processKey, owner)
        seed(owner, address: client.address, from: client.name.lowerBound, line)
        return owner
    }

    private mutating func seed(_ owner: LineOwner, address: Range<Int>, from start: Int, _ line: Span<UInt8>) {
        switch question {
        case .owners: return
        case .everybody: if let client = PackedAddress(line, address) { ledger.open(owner.identity, client) }
        case .words(let words): if line.contains(lowercased: words, from: start) { ledger.seed(owner) }
        case .network(let network):
            if let client = PackedAddress(line, address), network.contains(client) { ledger.seed(owner) }
        case .address(let wanted, let spelling):
            // What begins with a digit other than 0 can be spelt in one way only.
            if let spelling, line[address.lowerBound] &- 0x31 < 9 {
                if spelling.count == address.count, line.equals(spelling.span, at: address.lowerBound) {
                    ledger.seed(owner)
                }
            } else if PackedAddress(line, address) == wanted {
                ledger.seed(owner)
            }
        }
    }
}
