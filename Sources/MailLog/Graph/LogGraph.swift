import MailVocabulary

/// The identifiers of a log and what joins them: connections, messages, recipients, delivery connections.
///
/// Filled in one pass. Each line has one owner, the most precise one that it names; a trace is the union of its owners' lines.
struct LogGraph: Sendable {
    var ledger = LineLedger()
    var texts = TextStore()
    var connections: [ConnectionNode] = []
    var messages: [MessageNode] = []
    var recipients: [RecipientNode] = []
    var deliveries: [DeliveryNode] = []
    var deliveryLinks: [DeliveryLink] = []
    /// Messages in the order in which they were queued, for what can be joined by domain and time only.
    var queuedMessages: [QueueEntry] = []
    /// Delivery connections that failed before they carried a message, by the order of their opening.
    var troubledDeliveries: [Int32] = []
    var queueIDs: [QueueKey] = []
    var envelopeIDs: [EnvelopeID] = []
    /// What the logs of Exchange leave open between two lines.
    var exchange = ExchangeState()
    /// Dialogues of a Cisco ESA that go on, by connection.
    var dialogues: [Int: DialogueTransaction] = [:]

    private var icids = IdentifierTable()
    private var mids = IdentifierTable()
    private var dcids = IdentifierTable()
    private var queue: [QueueKey: Int32] = [:]
    /// Messages whose queue id came again: short ones do within days.
    private var earlierMessages: [QueueKey: [Int32]] = [:]
    private var processes = NumberTable()
    /// The latest connection of each client.
    var clients = NumberTable()
    /// Connections whose client turned out to be another one.
    var strayConnections: [Int] = []
    /// Connections that the log calls by a name of its own, see `LogGraph+Sessions`.
    var sessions: [QueueKey: Int32] = [:]
    /// Recipients refused in a transaction whose message has no identifier yet, by connection.
    var refusedRecipients: [Int: [RecipientNode]] = [:]
    /// Lines without an identifier, by process; and those tied to a message by it.
    var looseLines: [UInt64: [Int]] = [:]
    var probableLines: [Int: [Int]] = [:]
    /// Names of hosts that write into this log; the empty one for a log without names.
    private(set) var hosts: [[UInt8]] = []
    private var hostIndex: [[UInt8]: UInt32] = [:]

    /// The writer and the time of the line that is being joined.
    private(set) var host: UInt32 = 0
    private(set) var now: Int64 = 0
    /// Of several machines whose lines do not name them, the one that writes now.
    var writer: UInt8 = 0

    mutating func begin(_ frame: LineFrame, _ line: Span<UInt8>) {
        now = frame.time.seconds
        if writer > 0, frame.host.isEmpty { return begin(host: [0, writer]) }
        if Int(host) < hosts.count, isHost(hosts[Int(host)], line, frame.host) { return }
        begin(host: line.array(frame.host))
    }

    private mutating func begin(host name: [UInt8]) {
        if let known = hostIndex[name] {
            host = known
        } else if hosts.count < 4096 {
            host = UInt32(hosts.count)
            hosts.append(name)
            hostIndex[name] = host
        }
    }

    private func isHost(_ name: [UInt8], _ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard name.count == range.count else { return false }
        for (place, index) in range.enumerated() where name[place] != line[index] { return false }
        return true
    }

    // MARK: Owners of lines

    mutating func own(connection index: Int) { ledger.link(to: &connections[index].chain) }
    mutating func own(message index: Int) { ledger.link(to: &messages[index].chain) }
    mutating func own(delivery index: Int) { ledger.link(to: &deliveries[index].chain) }

    // MARK: Connections

    /// Connections whose beginning is in the log; with none, the log does not tell of connections as such.
    var announced = 0

    /// A connection that begins with this line: an id that is already known is being used again.
    mutating func openConnection(_ id: UInt64, kind: ConnectionNode.Kind) -> Int {
        let index = newConnection(id, kind: kind)
        connections[index].flags.insert(.opened)
        if kind != .tcpRefused { announced += 1 }
        switch kind {
        case .gateway: icids[id, host] = Int32(index)
        case .smtpd, .sendmail:
            if let before = processes[id, host] { connections[index].before = before }
            processes[id, host] = Int32(index)
        case .tcpRefused, .session: break
        }
        return index
    }

    /// A connection whose dialogue begins, under a number that another one had.
    mutating func newDialogue(_ id: UInt64) -> Int {
        let index = newConnection(id, kind: .gateway)
        icids[id, host] = Int32(index)
        return index
    }

    /// The gateway's connection that begins with this line; the one of which a dialogue, read before, has told is the same.
    mutating func openGatewayConnection(_ id: UInt64, client: PackedAddress) -> Int {
        guard let known = icids[id, host].map({ Int($0) }), connections[known].flags.contains(.dialogue),
            !connections[known].flags.contains(.opened), connections[known].address == client
        else { return openConnection(id, kind: .gateway) }
        connections[known].flags.insert(.opened)
        announced += 1
        return known
    }

    /// The connection that a line names, an unopened one when its beginning is not in the log.
    mutating func connection(_ id: UInt64) -> Int {
        if let known = icids[id, host] { return Int(known) }
        let index = newConnection(id, kind: .gateway)
        icids[id, host] = Int32(index)
        return index
    }

    /// The latest connection of a process that is still open.
    func connection(process pid: UInt64) -> Int? {
        guard let latest = processes[pid, host], !connections[Int(latest)].flags.contains(.closed) else { return nil }
        return Int(latest)
    }

    /// The latest open connection of a process with this client; the name decides where process ids of several machines meet.
    func connection(process pid: UInt64, client: PackedAddress, _ line: Span<UInt8>, name: Range<Int>) -> Int? {
        var (next, left, other) = (processes[pid, host] ?? -1, 16, Int?.none)
        while next >= 0, left > 0 {
            let node = connections[Int(next)]
            if node.address == client, !node.flags.contains(.closed) {
                if texts.equals(node.name, line, name) { return Int(next) }
                other = other ?? Int(next)
            }
            (next, left) = (node.before, left - 1)
        }
        return other
    }

    /// A connection of a process that was open before the log began.
    mutating func adoptConnection(process pid: UInt64, kind: ConnectionNode.Kind = .smtpd) -> Int {
        let index = newConnection(pid, kind: kind)
        if let before = processes[pid, host] { connections[index].before = before }
        processes[pid, host] = Int32(index)
        return index
    }

    mutating func newConnection(_ id: UInt64, kind: ConnectionNode.Kind) -> Int {
        connections.append(ConnectionNode(kind: kind, id: id, host: host, since: now, until: now))
        return connections.count - 1
    }

    // MARK: Messages

    /// A message that begins with this line.
    mutating func startMessage(_ mid: UInt64) -> Int {
        if let known = mids[mid, host],
            messages[Int(known)].flags.isDisjoint(with: [.started, .finished])
        {
            messages[Int(known)].flags.insert(.started)
            return Int(known)
        }
        let index = newMessage(mid)
        messages[index].flags.insert(.started)
        mids[mid, host] = Int32(index)
        return index
    }

    /// The message that a line names.
    mutating func message(_ mid: UInt64) -> Int {
        if let known = mids[mid, host] { return Int(known) }
        let index = newMessage(mid)
        mids[mid, host] = Int32(index)
        return index
    }

    /// The message of a queue id; a new one when the known one has any of the flags `done`.
    mutating func message(queueID key: QueueKey, unless done: MessageNode.Flags = []) -> Int {
        if let known = queue[key] {
            if messages[Int(known)].flags.isDisjoint(with: done) { return Int(known) }
            earlierMessages[key, default: []].append(known)
        }
        let index = newMessage(0)
        messages[index].queueID = Int32(queueIDs.count)
        queueIDs.append(key)
        queue[key] = Int32(index)
        return index
    }

    func knownMessage(queueID key: QueueKey) -> Int? { queue[key].map { Int($0) } }

    /// A message that is not yet known by its queue id; the id means this one from now on.
    mutating func newMessage(queueID key: QueueKey) -> Int {
        if let known = queue.removeValue(forKey: key) { earlierMessages[key, default: []].append(known) }
        return message(queueID: key)
    }

    /// Gives a known message another queue id.
    mutating func call(_ message: Int, _ key: QueueKey) { queue[key] = Int32(message) }

    private mutating func newMessage(_ mid: UInt64) -> Int {
        messages.append(MessageNode(host: host, id: mid, since: now, queuedAt: now))
        return messages.count - 1
    }

    /// Puts a message under the connection that brought it. The first connection stays.
    mutating func attach(_ message: Int, to connection: Int) {
        guard messages[message].connection < 0, messages[message].parent < 0 else { return }
        messages[message].connection = Int32(connection)
        let last = connections[connection].lastMessage
        if last >= 0 {
            messages[Int(last)].nextOfConnection = Int32(message)
        } else {
            connections[connection].firstMessage = Int32(message)
        }
        connections[connection].lastMessage = Int32(message)
    }

    /// Puts a message under the one it was made of. What would make a circle, or take a message from a connection, is not done.
    mutating func derive(_ child: Int, from parent: Int, _ relation: MessageNode.Relation) {
        guard child != parent, messages[child].parent < 0, messages[child].connection < 0 else { return }
        var (above, depth) = (Int32(parent), 0)
        while above >= 0 {
            if above == Int32(child) || depth > 1000 { return }
            (above, depth) = (messages[Int(above)].parent, depth + 1)
        }
        messages[child].parent = Int32(parent)
        messages[child].relation = relation
        messages[child].birthLine = UInt32(truncatingIfNeeded: ledger.count)
        let last = messages[parent].lastChild
        if last >= 0 {
            messages[Int(last)].nextOfParent = Int32(child)
        } else {
            messages[parent].firstChild = Int32(child)
        }
        messages[parent].lastChild = Int32(child)
    }

    // MARK: Delivery connections

    mutating func openDelivery(_ id: UInt64) -> Int {
        let line = UInt32(truncatingIfNeeded: ledger.count)
        deliveries.append(DeliveryNode(id: id, host: host, openedLine: line, since: now))
        dcids[id, host] = Int32(deliveries.count - 1)
        return deliveries.count - 1
    }

    mutating func delivery(_ id: UInt64) -> Int {
        if let known = dcids[id, host] { return Int(known) }
        return openDelivery(id)
    }

    /// Notes that the delivery connection carried the message. DCID 0 is no connection.
    mutating func carry(_ message: Int, over dcid: UInt64) -> Int32 {
        messages[message].flags.insert(.attempted)
        messages[message].attemptLine = UInt32(truncatingIfNeeded: ledger.count)
        guard dcid != 0 else { return -1 }
        let index = Int32(delivery(dcid))
        deliveries[Int(index)].carried = true
        var next = messages[message].deliveries
        while next >= 0 {
            if deliveryLinks[Int(next)].delivery == index { return index }
            next = deliveryLinks[Int(next)].next
        }
        deliveryLinks.append(DeliveryLink(delivery: index, next: messages[message].deliveries))
        messages[message].deliveries = Int32(deliveryLinks.count - 1)
        return index
    }

    // MARK: Finding again

    func connection(icid id: UInt64) -> [Int] { icids.owners(of: id, hosts: hosts.count) }
    func message(mid id: UInt64) -> [Int] { mids.owners(of: id, hosts: hosts.count) }
    func delivery(dcid id: UInt64) -> [Int] { dcids.owners(of: id, hosts: hosts.count) }
    func message(queueID text: String) -> [Int] {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= QueueKey.longest else { return [] }
        return hosts.indices.flatMap { host in
            let key = QueueKey(bytes.span, 0..<bytes.count, host: UInt32(host))
            return (earlierMessages[key, default: []] + (queue[key].map { [$0] } ?? [])).map { Int($0) }
        }
    }
}
