import MailVocabulary

/// Joins the lines of a log by their identifiers, in one pass, and tells the story of any of them.
///
///     var index = TraceIndex()
///     for line in lines { index.append(line) }
///     index.traces(matching: "198.51.100.4")     // every connection of that client, each with its messages and verdict
///
/// The text of the lines is not kept: facts about identifiers, and six bytes a line to find its place again. A log may begin
/// in the middle of everything; what has no beginning in it is a state of its own, not an error.
public struct TraceIndex: Sendable {
    private(set) var graph = LogGraph()
    private var detector = FormatDetector()
    /// Lines that were appended.
    public private(set) var lineCount = 0
    /// Lines of a known kind.
    public private(set) var understoodCount = 0
    /// Places where lines may be missing, as the reader of the log knows.
    public private(set) var gapCount = 0

    /// The format that lines are read in, when it is not to be told by their words.
    let format: Int?
    /// What was counted in the whole log, of which only some lines were appended.
    private var counted: ScanFacts?
    /// The file whose lines come now, and those before it.
    private var part = LogPart()
    private var earlierParts: [LogPart] = []
    /// The files of a log of which only some lines were appended.
    private var scannedParts: [LogPart] = []
    /// False when something of the log could not be read: that a thing is not in it cannot be said then.
    public var isWhole = true

    public init() { format = nil }

    /// - Parameter format: the one format to read, whatever the lines look like.
    /// - Returns: nothing when there is no format of that name.
    public init?(format name: String) {
        guard let found = LogFormat.place(of: name) else { return nil }
        format = found
    }

    /// The lines that follow are those of another file.
    /// - Parameter writer: the number of the gateway that wrote it, as `LogWriters` tells it.
    public mutating func beginFile(writer: Int = 0) {
        graph.ledger.beginFile()
        graph.writer = UInt8(clamping: writer)
        earlierParts.append(part)
        part = LogPart()
    }

    /// The files of the log, in their order.
    var parts: [LogPart] { counted == nil ? earlierParts + [part] : scannedParts }

    /// The stretch of time that the lines of all files are from.
    public var window: LogWindow? {
        parts.reduce(nil) { all, part in part.window.map { all?.joined(with: $0) ?? $0 } ?? all }
    }

    /// The format that claims most lines, when any line was claimed.
    public var formatName: String? { detector.format?.name }
    /// The formats of which the log has more than a few lines, the commonest first.
    var formatNames: [String] { detector.formats.map(\.name) }

    /// Joins the next line of the log. Lines of a rotated log follow those of the old one; numbers may start anew.
    public mutating func append(_ line: RawLogLine) {
        append(line.bytes.span, number: line.number, offset: line.offset)
    }

    /// The same without an array for the line: for whole files, with `LineSplitter.forEachLine`.
    public mutating func append(_ line: Span<UInt8>, number: Int, offset: UInt64) {
        lineCount += 1
        part.lineCount += 1
        graph.ledger.begin(number: number, offset: offset)
        if JournalObject.mayBe(line), let plain = JournalObject.plain(line) {
            join(plain.span)
        } else {
            join(line)
        }
    }

    private mutating func join(_ line: Span<UInt8>) {
        guard let frame = LineFrame(line) else {
            detector.unclaimed()
            return
        }
        if frame.isTimed {
            part.note(frame.time)
        }
        if let format {
            if !join(format, line, frame) { detector.unclaimed() }
            return
        }
        let leader = detector.leader
        if join(leader, line, frame) { return }
        for format in LogFormat.all.indices where format != leader {
            if join(format, line, frame) { return }
        }
        detector.unclaimed()
    }

    private mutating func join(_ format: Int, _ line: Span<UInt8>, _ frame: LineFrame) -> Bool {
        switch LogFormat.all[format].join(&graph, line, frame) {
        case .foreign: return false
        case .unknown: detector.claimed(by: format)
        case .known:
            detector.claimed(by: format)
            understoodCount += 1
            part.understoodCount += 1
        }
        return true
    }

    /// Makes what is said about the log as such that of the whole log, of which only some lines were appended.
    /// - Parameter parts: its files.
    public mutating func stand(for search: FamilySearch, parts: [LogPart]) {
        var facts = search.facts
        // What the scan had to leave to another format was appended: of that, all but the lines that were not understood.
        let foreign = max(0, facts.foreignCount - (lineCount - understoodCount))
        (lineCount, understoodCount) = (facts.lineCount, facts.understoodCount + foreign)
        if let format = search.writer.format { detector.claimed(by: format, lines: facts.understoodCount) }
        // What was found is among what the scan counted; where nothing was, all of it is of other formats.
        if search.isEmpty {
            facts.announcedCount += announcedCount
            facts.refusedAtTCPCount += refusedAtTCPCount
        }
        counted = facts
        // Of lines that were left to another format, those that it understood.
        let read = earlierParts + [part]
        scannedParts = parts
        for place in parts.indices where place < read.count && parts[place].understoodCount == 0 {
            scannedParts[place].understoodCount = read[place].understoodCount
        }
    }

    /// True when a message waits for a delivery that may have been tried: lines without its identifier may be about it.
    public var dependsOnLikelihood: Bool {
        let likelihood = DeliveryLikelihood(graph: graph)
        return graph.messages.contains { $0.flags.contains(.queued) && likelihood.waits($0) }
    }

    // MARK: Asking

    /// The whole story of the connection that this identifier belongs to; of a message alone when its connection is not
    /// in the log. When hosts or reuse give an identifier more than one owner, the latest.
    public func trace(for key: TraceKey) -> Trace? {
        TraceFinder(graph: graph).roots(of: key).last.map { TraceBuilder(graph: graph).trace($0) }
    }

    /// The stories of all that ever had this identifier: of several hosts, or one after the other; the latest last.
    public func traces(for key: TraceKey) -> [Trace] {
        let builder = TraceBuilder(graph: graph)
        return TraceFinder(graph: graph).roots(of: key).map { builder.trace($0) }
    }

    /// The stories that a needle leads to, in file order: an IP address of a client, a mail address, a Message-ID, `ICID 6`,
    /// `MID 214`, `DCID 3`, a bare number, a queue id, or a host name.
    public func traces(matching needle: String) -> [Trace] {
        let builder = TraceBuilder(graph: graph)
        return TraceFinder(graph: graph).roots(matching: needle).map { builder.trace($0) }
    }

    /// The stories of the connections whose MAIL command gave this ENVID (RFC 3461 §4.4), in file order: of logs that show the
    /// dialogue.
    public func traces(envelopeID id: String) -> [Trace] {
        let builder = TraceBuilder(graph: graph)
        return graph.connections(envelopeID: id.utf8.map { TextStore.lower($0) }).map { builder.trace(.connection($0)) }
    }

    /// The places of the lines of one message with all that was made of it, of one connection with its messages, or of one
    /// delivery connection; counted from 0 over all lines ever appended, ascending.
    public func lineOrdinals(of key: TraceKey) -> [Int] {
        let finder = TraceFinder(graph: graph)
        var ordinals: Set<Int> = []
        switch key {
        case .mid, .queueID:
            guard let message = finder.messages(key).last else { return [] }
            TraceBuilder(graph: graph).collect(message, into: &ordinals)
        case .dcid(let id):
            guard let delivery = graph.delivery(dcid: id).last else { return [] }
            graph.ledger.forEach(in: graph.deliveries[delivery].chain) { ordinals.insert($0) }
        case .icid, .session, .connection:
            guard let root = finder.roots(of: key).last else { return [] }
            ordinals = TraceBuilder(graph: graph).ordinals(root)
        }
        return ordinals.sorted()
    }

    /// How much the log says of an identifier, as a number that grows with each line that `lineOrdinals(of:)` gains: for
    /// knowing cheaply that nothing has changed.
    public func extent(of key: TraceKey) -> Int {
        let (finder, builder) = (TraceFinder(graph: graph), TraceBuilder(graph: graph))
        switch key {
        case .mid, .queueID: return finder.messages(key).last.map { builder.extent(ofMessage: $0) } ?? 0
        case .dcid(let id): return graph.delivery(dcid: id).last.map { Int(graph.deliveries[$0].chain) } ?? 0
        case .icid, .session, .connection: return finder.roots(of: key).last.map { builder.extent($0) } ?? 0
        }
    }

    /// The connection that brought the message, or the message itself when its connection is not in the log; nothing when
    /// the message is not in it either.
    public func connectionKey(of message: TraceKey) -> TraceKey? {
        let finder = TraceFinder(graph: graph)
        guard let index = finder.messages(message).last else { return nil }
        switch finder.root(ofMessage: index) {
        case .connection(let index): return TraceBuilder(graph: graph).key(ofConnection: index)
        case .message(let index): return TraceBuilder(graph: graph).key(ofMessage: index)
        }
    }

    /// Connections whose beginning is in the log.
    public var announcedCount: Int { counted?.announcedCount ?? graph.announced }

    /// Connections that a Cisco ESA refused at TCP, of which it does not log the address.
    public var refusedAtTCPCount: Int {
        counted?.refusedAtTCPCount ?? graph.connections.count { $0.kind == .tcpRefused }
    }

    /// Lines may be missing here: that something is not in the log says less from now on.
    public mutating func noteGap() { gapCount += 1 }

    /// How many machines write into the log, as far as its lines name them.
    public var hostCount: Int { graph.hosts.count { !$0.isEmpty } }

    /// How many connections are in the log.
    public var connectionCount: Int { graph.connections.count }

    /// The newest connection from a client, of those that came after the first `seen` ones.
    public func newestConnection(from address: IPAddress, since seen: Int) -> TraceKey? {
        let (wanted, count) = (PackedAddress(address), graph.connections.count)
        guard seen < count else { return nil }
        let found = (max(0, seen)..<count).last { graph.connections[$0].address == wanted }
        return found.flatMap { TraceBuilder(graph: graph).key(ofConnection: $0) }
    }

    /// The same as line numbers of the file or files.
    public func lineNumbers(of key: TraceKey) -> [Int] {
        lineOrdinals(of: key).map { graph.ledger.place(of: $0).number }
    }
}
