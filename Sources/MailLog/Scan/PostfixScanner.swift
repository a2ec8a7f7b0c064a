/// Reads of each line of a Postfix log no more than whose it is.
///
/// A connection has no identifier there: it is what one smtpd process says about one client from `connect` to `disconnect`. Here
/// it is called by the place of its first line; where a stretch ends in the middle of one, `SessionStitch` says which it was.
struct PostfixScanner: Sendable {
    private let question: ScanQuestion.Subject
    /// Where the program's name stood in the latest line.
    private var tag = 0
    /// The host in the latest line, and as a number.
    private var hostName: [UInt8] = []
    private var hostKey: UInt64 = 0
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

    private mutating func owner(of line: Span<UInt8>, _ offset: UInt64) -> LineOwner {
        if tag > 1, line.has("postfix/", at: tag), line[tag - 1] == 0x20, let (pid, text) = line.process(at: tag + 8) {
            return owner(of: Writer(host: host(line, before: tag - 1), pid: pid, text: text, offset: offset), line)
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
        // Of a content filter: seldom, and in words of its own.
        guard line.has("postfix", at: frame.tag.lowerBound) else { return filtered(postfix, line, offset) }
        tag = frame.tag.lowerBound
        let writer = Writer(
            host: host(line, before: frame.host.upperBound), pid: frame.pid, text: frame.text, offset: offset)
        return owner(of: writer, line)
    }

    private mutating func owner(of writer: Writer, _ line: Span<UInt8>) -> LineOwner {
        guard writer.text < line.count else { return .none }
        if let id = PostfixLine.queueID(line, writer.text) { return message(id, writer, line) }
        if line.has("warning: ", at: writer.text), let id = PostfixLine.queueID(line, writer.text + 9) {
            return asked(writer.message(line, id), line, writer.text)
        }
        return session(writer, line)
    }

    /// The name that ends at `end` as a number: most lines have the one of the line before.
    @inline(__always)
    private mutating func host(_ line: Span<UInt8>, before end: Int) -> UInt64 {
        let start = end - hostName.count
        if start > 0, line[start - 1] == 0x20, line.equals(hostName.span, at: start) { return hostKey }
        return newHost(line, before: end)
    }

    @inline(never)
    private mutating func newHost(_ line: Span<UInt8>, before end: Int) -> UInt64 {
        var start = end
        while start > 0, line[start - 1] != 0x20 { start -= 1 }
        hostName = line.array(start..<max(start, end))
        hostKey = line.mixed(start..<max(start, end), into: 0xCBF2_9CE4_8422_2325)
        return hostKey
    }

    // MARK: Messages

    private mutating func message(_ id: Range<Int>, _ writer: Writer, _ line: Span<UInt8>) -> LineOwner {
        let (owner, at) = (asked(writer.message(line, id), line, writer.text), id.upperBound + 2)
        guard at < line.count else { return owner }
        switch line[at] {
        case 0x63 where line.has("client=", at: at):
            if let client = PostfixLine.client(line, at + 7) { ledger.tie(owner, session(of: client, writer, line)) }
        case 0x74 where line.has("to=<", at: at):
            if let loose = stitch.takeLoose(writer.looseKey, for: owner) { ledger.tie(owner, loose) }
            if let new = PostfixFilter.queueID(line, "queued as ", at) { ledger.tie(owner, writer.message(line, new)) }
        case 0x66, 0x6D, 0x72, 0x75: break  // from=, message-id=, milter-reject, removed, reject, uid=
        default:
            if let words = line.index(of: "notification: ", from: at),
                let new = PostfixFilter.queueID(line, "notification: ", words)
            {
                ledger.tie(owner, writer.message(line, new))
            }
        }
        return owner
    }

    private mutating func filtered(_ postfix: PostfixLine, _ line: Span<UInt8>, _ offset: UInt64) -> LineOwner {
        let frame = postfix.frame
        let writer = Writer(
            host: host(line, before: frame.host.upperBound), pid: frame.pid, text: frame.text, offset: offset)
        guard case .filtered(let id, let filter) = postfix.event else { return .foreign }
        let owner = asked(writer.message(line, id), line, frame.text)
        if !filter.new.isEmpty { ledger.tie(owner, writer.message(line, filter.new)) }
        return owner
    }

    private mutating func asked(_ owner: LineOwner, _ line: Span<UInt8>, _ start: Int) -> LineOwner {
        if case .words(let words) = question, line.contains(lowercased: words, from: start) { ledger.seed(owner) }
        return owner
    }

    // MARK: Sessions

    private mutating func session(_ writer: Writer, _ line: Span<UInt8>) -> LineOwner {
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

    private mutating func note(_ writer: Writer, _ line: Span<UInt8>) -> LineOwner {
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
    private mutating func session(of client: PostfixEvent.Client, _ writer: Writer, _ line: Span<UInt8>) -> LineOwner {
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
        case .address(let wanted, _): if PackedAddress(line, address) == wanted { ledger.seed(owner) }
        }
    }
}

/// Who wrote a line, and what the identifiers are called that it names.
private struct Writer {
    let text: Int
    private let host: UInt64
    private let pid: UInt64
    private let offset: UInt64

    init(host: UInt64, pid: UInt64, text: Int, offset: UInt64) {
        (self.host, self.pid, self.text, self.offset) = (host, pid, text, offset)
    }

    /// No two lines begin within the same eight bytes.
    var session: LineOwner { LineOwner(.connection, offset >> 3) }
    var delivery: LineOwner { LineOwner(.delivery, offset >> 3) }
    var processKey: UInt64 { (host ^ pid &* 0x9E37_79B9_7F4A_7C15) &* 3 }
    var looseKey: UInt64 { (host ^ pid &* 0x9E37_79B9_7F4A_7C15) &* 5 }

    func clientKey(_ line: Span<UInt8>, _ address: Range<Int>) -> UInt64 {
        line.mixed(address, into: host ^ pid &* 0x9E37_79B9_7F4A_7C15)
    }

    func message(_ line: Span<UInt8>, _ id: Range<Int>) -> LineOwner {
        LineOwner(.message, folded(line.mixed(id, into: host)))
    }

    func named(_ line: Span<UInt8>, _ label: Range<Int>) -> LineOwner {
        LineOwner(.connection, folded(line.mixed(label, into: host)))
    }

    private func folded(_ hash: UInt64) -> UInt64 { hash ^ hash >> 28 ^ hash >> 44 }
}

extension Span where Element == UInt8 {
    /// These bytes as a number that differs for different ones, nearly always.
    @inline(__always)
    fileprivate func mixed(_ range: Range<Int>, into start: UInt64) -> UInt64 {
        let length = range.count
        var (hash, index) = (start ^ UInt64(truncatingIfNeeded: length), range.lowerBound)
        guard length >= 8 else {
            var rest: UInt64 = 1
            while index < range.upperBound {
                rest = rest << 8 | UInt64(self[index])
                index += 1
            }
            return (hash ^ rest).mixed
        }
        while index + 8 < range.upperBound {
            hash = (hash ^ word(at: index)).mixed
            index += 8
        }
        // The last eight bytes, some of them for the second time.
        return (hash ^ word(at: range.upperBound - 8)).mixed
    }

    /// `smtpd[229]: ` at `start`, perhaps with more names before: the process, and where the words behind it begin.
    @inline(__always)
    fileprivate func process(at start: Int) -> (pid: UInt64, text: Int)? {
        // No name of Postfix's is longer; there may be another one before it.
        guard let index = bracket(from: start, before: Swift.min(count, start &+ 40)).map({ $0 &+ 1 }) else {
            return nil
        }
        var (pid, end) = (UInt64(0), index)
        while end < count, case let digit = self[end] &- 0x30, digit < 10 {
            pid = pid &* 10 &+ UInt64(digit)
            end &+= 1
        }
        guard end > index, end - index <= 18, end + 3 <= count, self[end] == 0x5D, self[end + 1] == 0x3A,
            self[end + 2] == 0x20
        else { return nil }
        return (pid, end + 3)
    }

    /// The place of the first `[`, when neither a blank nor a colon stands before it.
    @inline(__always)
    private func bracket(from start: Int, before stop: Int) -> Int? {
        var index = start
        while index < stop {
            switch self[index] {
            case 0x5B: return index
            case 0x20, 0x3A: return nil
            default: index &+= 1
            }
        }
        return nil
    }
}

extension UInt64 {
    @inline(__always)
    fileprivate var mixed: UInt64 {
        let product = self &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
