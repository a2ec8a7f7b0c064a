/// Reads of each line of a Cisco ESA log no more than whose it is: a few comparisons a line.
///
/// The common forms are read on the spot; every other one is left to `GatewayGrammar`, so that both always agree.
struct GatewayScanner: Sendable {
    /// Where the words begin in lines of a known prefix, and the eight bytes before.
    private struct Prefix: Sendable { var length: Int, stamp: UInt64 }

    private let question: ScanQuestion.Subject
    private let isAskingWords: Bool
    private var latest = Prefix(length: 8, stamp: 0)
    /// Those before the latest one: of other hosts, of other levels.
    private var others: [Prefix] = []
    private(set) var ledger = OwnerLedger()
    private(set) var foreignCount = 0
    private(set) var unknownCount = 0
    private(set) var announcedCount = 0
    private(set) var refusedAtTCPCount = 0

    init(_ question: ScanQuestion.Subject) {
        self.question = question
        if case .words = question { isAskingWords = true } else { isAskingWords = false }
        if case .owners(let owners) = question { for owner in owners { ledger.seed(owner) } }
    }

    mutating func finish(offset: UInt64) { ledger.finish(offset: offset) }

    /// Counts lines in: those of `bytes` from `start` on that end at `ends`.
    mutating func take(_ bytes: Span<UInt8>, _ ends: Span<UInt32>, from start: Int, offset: UInt64) {
        var owners = [UInt32](repeating: 0, count: ends.count)
        var free = owners.mutableSpan
        var begin = start
        for place in ends.indices {
            let end = bytes.lineEnd(begin, ends[place])
            free[place] = owner(bytes, begin, end).rawValue
            begin = Int(truncatingIfNeeded: ends[place]) &+ 1
        }
        ledger.append(owners.span, ends: ends, from: start, offset: offset)
    }

    /// The owner of the line from `start` to `stop`: of most lines, which are about one message, on the spot.
    @inline(__always)
    private mutating func owner(_ bytes: Span<UInt8>, _ start: Int, _ stop: Int) -> LineOwner {
        let words = start &+ latest.length
        guard words &+ 13 <= stop, bytes.word(at: words &- 8) == latest.stamp else {
            return slowly(bytes.extracting(start..<stop))
        }
        let first = bytes.four(at: words)
        if first == 0x2044_494D,  // "MID "
            let (mid, next) = bytes.identifier(at: words &+ 4, before: stop), next < stop,
            let owner = message(mid, bytes, next, stop)
        {
            return owner
        }
        return owner(of: bytes.extracting(start..<stop), first, words: latest.length)
    }

    /// A line whose prefix is not the latest one.
    @inline(never)
    private mutating func slowly(_ line: Span<UInt8>) -> LineOwner {
        for place in others.indices {
            let prefix = others[place]
            guard prefix.length + 12 <= line.count, line.word(at: prefix.length - 8) == prefix.stamp else { continue }
            (others[place], latest) = (latest, prefix)
            return owner(of: line, line.four(at: prefix.length), words: prefix.length)
        }
        guard let frame = LineFrame(line), let gateway = GatewayLine(line, frame) else {
            foreignCount += 1
            return .foreign
        }
        if gateway.text >= 8, gateway.text <= line.count {
            if others.count == 4 { others.removeLast() }
            if latest.stamp != 0 { others.insert(latest, at: 0) }
            latest = Prefix(length: gateway.text, stamp: line.word(at: gateway.text - 8))
        }
        return note(gateway.event, line)
    }

    /// The owner of a line with at least twelve bytes of words, of which `first` are the first four.
    @inline(never)
    private mutating func owner(of line: Span<UInt8>, _ first: UInt32, words: Int) -> LineOwner {
        switch first {
        case 0x2044_494D:  // "MID "
            guard let (mid, next) = line.identifier(at: words + 4), next < line.count else { break }
            return message(mid, line, next, line.count) ?? grammar(line, words)
        case 0x4449_4349:  // "ICID"
            guard line[words + 4] == 0x20, let (icid, next) = line.identifier(at: words + 5), next < line.count else {
                break
            }
            // MID, TCPREFUSE: what concerns a message, and what begins a connection without a number.
            if line[next] == 0x4D || line[next] == 0x54 { break }
            return LineOwner(.connection, icid)
        case 0x7261_7453:  // "Star"
            guard line.word(at: words) == GatewayWords.startMessage, line[words + 8] == 0x44, line[words + 9] == 0x20,
                let (mid, next) = line.identifier(at: words + 10), next + 5 < line.count,
                line.four(at: next) == 0x4449_4349, let (icid, _) = line.identifier(at: next + 5)
            else { break }
            let owner = LineOwner(.message, mid)
            if icid != 0 { ledger.tie(owner, LineOwner(.connection, icid)) }
            return owner
        case 0x2077_654E:  // "New "
            if let owner = opened(line, words) { return owner }
        case 0x7373_654D:  // "Mess"
            if let owner = finished(line, words) { return owner }
        case 0x696C_6544:  // "Deli"
            guard line.count > words + 20, line.word(at: words) == GatewayWords.delivery,
                line.word(at: words + 8) == GatewayWords.started, line.four(at: words + 16) == 0x2044_4943,
                let (dcid, mid, _) = line.delivery(at: words + 20)
            else { break }
            return carried(mid, dcid, .leaves)
        case 0x4449_4344:  // "DCID"
            guard line[words + 4] == 0x20, let (dcid, next) = line.identifier(at: words + 5),
                line.has("close", at: next) || line.has("TLS success", at: next)
            else { break }
            return LineOwner(.delivery, dcid)
        default: break
        }
        return grammar(line, words)
    }

    /// `New SMTP ICID n …`, `New SMTP DCID n …`
    private mutating func opened(_ line: Span<UInt8>, _ words: Int) -> LineOwner? {
        guard line.count > words + 14, line.four(at: words + 4) == 0x5054_4D53,
            let (id, next) = line.identifier(at: words + 14), line.has("interface ", at: next)
        else { return nil }
        switch line.four(at: words + 9) {
        case 0x4449_4344: return LineOwner(.delivery, id)
        case 0x4449_4349: break
        default: return nil
        }
        switch question {
        case .owners: break
        case .address(_, let spelling): if isAnnounced(spelling, line, next) { return nil }
        case .network, .words, .everybody: return nil
        }
        announcedCount += 1
        return LineOwner(.connection, id)
    }

    /// False when the client of a connection that opens is certainly not the one that is spelt so.
    private func isAnnounced(_ spelling: [UInt8]?, _ line: Span<UInt8>, _ next: Int) -> Bool {
        guard let spelling else { return true }
        guard let bracket = line.index(of: 0x29, from: next), bracket + 11 + spelling.count <= line.count,
            line.word(at: bracket) == GatewayWords.address
        else { return line.contains(lowercased: spelling, from: next) }
        let wanted = spelling.span
        for place in wanted.indices where line[bracket + 10 + place] != wanted[place] { return false }
        return true
    }

    /// `Message finished MID n …`, `Message done DCID n MID m to RID [0]`
    private mutating func finished(_ line: Span<UInt8>, _ words: Int) -> LineOwner? {
        guard line.count > words + 21, line.word(at: words) == GatewayWords.message else { return nil }
        if line.word(at: words + 8) == GatewayWords.finished {
            guard line.has(" MID ", at: words + 16), let (mid, _) = line.identifier(at: words + 21) else { return nil }
            return LineOwner(.message, mid, .leaves)
        }
        guard line.word(at: words + 8) == GatewayWords.done, line.has("D ", at: words + 16),
            let (dcid, mid, next) = line.delivery(at: words + 18), line.has("to RID [", at: next)
        else { return nil }
        return carried(mid, dcid, .leaves)
    }

    /// The forms that begin with `MID n`; nothing for those that the grammar has to read.
    /// - Parameter stop: where the line ends in `bytes`.
    @inline(__always)
    private mutating func message(_ mid: UInt64, _ bytes: Span<UInt8>, _ next: Int, _ stop: Int) -> LineOwner? {
        switch bytes[next] {
        case 0x49:  // ICID, interim
            guard next &+ 5 < stop, bytes.four(at: next) == 0x4449_4349 else { return LineOwner(.message, mid) }
            guard let (icid, after) = bytes.identifier(at: next &+ 5, before: stop) else { return nil }
            let owner = LineOwner(.message, mid)
            if icid != 0 { ledger.tie(owner, LineOwner(.connection, icid)) }
            if isAskingWords, isAsked(bytes.extracting(0..<stop), after) { ledger.seed(owner) }
            return owner
        case 0x4D, 0x53:  // Message-ID, Subject
            let owner = LineOwner(.message, mid)
            if isAskingWords, isAsked(bytes.extracting(0..<stop), next) { ledger.seed(owner) }
            return owner
        case 0x71:  // queued, quarantined
            let isQueued =
                next &+ 19 <= stop && bytes.word(at: next) == GatewayWords.queued
                && bytes.word(at: next &+ 8) == GatewayWords.forDelivery
            return LineOwner(.message, mid, isQueued ? .waits : .other)
        case 0x72:  // ready; but not released, rewritten
            return next &+ 4 <= stop && bytes.four(at: next) == 0x6461_6572 ? LineOwner(.message, mid) : nil
        case 0x77, 0x67: return nil  // was split, generated
        default: return LineOwner(.message, mid)
        }
    }

    /// True when the words that the question looks for stand at or after `start`.
    @inline(__always)
    private func isAsked(_ line: Span<UInt8>, _ start: Int) -> Bool {
        guard case .words(let words) = question else { return false }
        return line.contains(lowercased: words, from: start)
    }

    // MARK: By the grammar

    private mutating func grammar(_ line: Span<UInt8>, _ words: Int) -> LineOwner {
        note(GatewayGrammar.event(line, words), line)
    }

    private mutating func note(_ event: GatewayEvent, _ line: Span<UInt8>) -> LineOwner {
        switch event {
        case .opened(let icid, let address, let name, _):
            announcedCount += 1
            let owner = LineOwner(.connection, icid)
            if case .everybody = question {
                if let client = PackedAddress(line, address) { ledger.open(owner.identity, client) }
            } else if isAsked(line, address: address, name: name) {
                ledger.seed(owner)
            }
            return owner
        case .policy(let icid, let policy, _):
            if policy == .refuse { refusedAtTCPCount += 1 }
            return LineOwner(.connection, icid)
        case .connection(let icid, _, _): return LineOwner(.connection, icid)
        case .started(let mid, let icid), .linked(let mid, let icid): return tied(mid, icid)
        case .sender(let mid, let icid, let address): return tied(mid, icid, asked: isAsked(line, address.lowerBound))
        case .recipient(let mid, let icid, _, let address), .recipientRejected(let mid, let icid, let address, _):
            return tied(mid, icid, asked: isAsked(line, address.lowerBound))
        case .message(let mid, let fact, let words):
            let owner = LineOwner(.message, mid, GatewayScanner.step(fact))
            if fact == .messageID || fact == .subject, isAsked(line, words.lowerBound) { ledger.seed(owner) }
            return owner
        case .derived(_, let parent, let child, let owner):
            ledger.tie(LineOwner(.message, parent), LineOwner(.message, child))
            return LineOwner(.message, owner)
        case .deliveryStarted(let dcid, let mid, _), .delivered(let dcid, let mid, _, _):
            return carried(mid, dcid, .leaves)
        case .response(let mid, _, _): return LineOwner(.message, mid)
        case .attempt(let kind, let dcid, let mid, _, let address, _):
            let owner = carried(mid, dcid, kind == .delayed ? .waits : .leaves)
            if !address.isEmpty, isAsked(line, address.lowerBound) { ledger.seed(owner) }
            return owner
        case .deliveryOpened(let dcid, _): return LineOwner(.delivery, dcid)
        case .delivery(let dcid, let fact, _): return LineOwner(.delivery, dcid, fact == .tlsFailed ? .odd : .other)
        case .connectionError(let dcid, _, _): return LineOwner(.delivery, dcid, .odd)
        case .system: return .none
        case .unknown: return other(line)
        }
    }

    private static let others = LogFormat.all.filter { $0.name != LogFormat.gatewayMailLog.name }

    /// A line that the mail log does not have: of the gateway's other logs, written into the same file, or of no known form.
    private mutating func other(_ line: Span<UInt8>) -> LineOwner {
        if let frame = LineFrame(line) {
            if let dialogue = GatewayDialogueLine(line, frame) {
                let owner = LineOwner(dialogue.isInjection ? .connection : .delivery, dialogue.number)
                if isAsked(line, dialogue.said.lowerBound) { ledger.seed(owner) }
                return owner
            }
            if let gateway = GatewayLine(line, frame), GatewayNote.isSystem(line, gateway.text) { return .none }
            // Events and bounces name their identifiers in ways of their own: whoever builds the index reads them all.
            if GatewayScanner.others.contains(where: { $0.read(line, frame) != nil }) {
                foreignCount += 1
                return .foreign
            }
        } else if JournalObject.mayBe(line) {
            // Unpacked by whoever reads in full.
            foreignCount += 1
            return .foreign
        }
        unknownCount += 1
        return .none
    }

    private func isAsked(_ line: Span<UInt8>, address: Range<Int>, name: Range<Int>) -> Bool {
        switch question {
        case .owners, .everybody: return false
        case .words(let words): return line.contains(lowercased: words, from: name.lowerBound)
        case .network(let network): return PackedAddress(line, address).map { network.contains($0) } ?? false
        case .address(let wanted, let spelling):
            guard let spelling else { return PackedAddress(line, address) == wanted }
            if spelling.count != address.count {
                return line[address.lowerBound] == 0x30 && PackedAddress(line, address) == wanted
            }
            for (place, index) in address.enumerated() where spelling[place] != line[index] { return false }
            return true
        }
    }

    private mutating func tied(_ mid: UInt64, _ icid: UInt64, asked: Bool = false) -> LineOwner {
        let owner = LineOwner(.message, mid)
        if icid != 0 { ledger.tie(owner, LineOwner(.connection, icid)) }
        if asked { ledger.seed(owner) }
        return owner
    }

    private mutating func carried(_ mid: UInt64, _ dcid: UInt64, _ step: LineOwner.Step) -> LineOwner {
        let owner = LineOwner(.message, mid, step)
        if dcid != 0 { ledger.carry(owner, LineOwner(.delivery, dcid)) }
        return owner
    }
}
