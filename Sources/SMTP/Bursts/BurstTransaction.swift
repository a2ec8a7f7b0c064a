/// The mail transactions of one connection of a burst, RFC 5321 §3.3, without a socket and without a clock.
///
/// Why this is not `SessionStateMachine`: that one keeps every byte, line and oddity as evidence, which costs a message some 40 µs of
/// processor time, as much as a whole message may cost to keep up with `smtp-source`. It still does everything up to AUTH; from
/// MAIL on only codes and times are kept here.
public struct BurstTransaction: Sendable {
    /// What goes out next.
    public enum Move: Hashable, Sendable {
        case nothing
        case mail
        /// Which recipient of the plan.
        case recipient(Int)
        case data
        /// MAIL, every RCPT and DATA together, RFC 2920 §3.1.
        case envelope
        /// The message of that number, and with it the next envelope: the text may lead a group of commands.
        case message(Int, thenEnvelope: Bool)
        /// The final dot alone: DATA was accepted though no recipient was.
        case nothingButTheDot
        case reset
        case quit
        /// The conversation is over: close the connection.
        case close
        /// The server closes the connection: 421, RFC 5321 §3.8.
        case serviceClosing
        /// What came is no reply, or one that nobody asked for.
        case broken
    }

    private enum Due { case mail, recipient, data, endOfData, emptyEnd, reset, quit }

    private let recipients: Int
    private let isPipelined: Bool
    private let isLMTP: Bool
    /// One message, then QUIT.
    private let isSingle: Bool
    private var replies = BurstReplies()
    private var due: [Due] = []
    private var head = 0
    /// The message whose envelope is under way; 0 for none.
    private var number = 0
    /// The message behind whose dot a reply is due; 0 for none.
    private var sent = 0
    private var isSentTaken = false
    private var asked = 0
    private var accepted = 0
    private var isMailAccepted = false
    private var isOver = false
    /// When the last group of commands went out, in nanoseconds.
    private var since = 0

    public init(recipients: Int, isPipelined: Bool, isLMTP: Bool, isSingle: Bool) {
        (self.recipients, self.isPipelined, self.isLMTP, self.isSingle) = (recipients, isPipelined, isLMTP, isSingle)
    }

    /// The stage of the reply that is due first and since when; `nil` when none is.
    public var waiting: (stage: SessionStage, since: Int)? {
        head < due.count ? (Self.stage(of: due[head]), since) : nil
    }

    /// The connection is ready for MAIL.
    public mutating func begin(at now: Int, _ ledger: inout BurstLedger) -> Move {
        since = now
        due.removeAll(keepingCapacity: true)
        head = 0
        guard let next = isOver ? nil : ledger.next() else {
            due.append(.quit)
            return .quit
        }
        open(next)
        if isPipelined { return .envelope }
        due.append(.mail)
        return .mail
    }

    /// Bytes of the server.
    public mutating func received(_ bytes: [UInt8], at now: Int, _ ledger: inout BurstLedger) -> Move {
        replies.feed(bytes)
        var move = Move.nothing
        while true {
            switch replies.next() {
            case .none: return move
            case .junk: return .broken
            case .reply(let code):
                // Behind a reply that calls for the next command nothing may come before that command is out.
                guard head < due.count, move == .nothing else { return code == 421 ? .serviceClosing : .broken }
                move = answer(code, at: now, &ledger)
                if move == .close || move == .serviceClosing { return move }
            }
        }
    }

    /// The connection is gone: what was under way is counted.
    public mutating func ended(_ ledger: inout BurstLedger) {
        if sent > 0, !isSentTaken { ledger.lose(isUnknown: true) }
        if number > 0 { ledger.lose(isUnknown: false) }
        (sent, number, due, head) = (0, 0, [], 0)
    }

    // MARK: one reply

    private mutating func answer(_ code: Int, at now: Int, _ ledger: inout BurstLedger) -> Move {
        let asked = due[head]
        head += 1
        let message = asked == .endOfData || asked == .emptyEnd ? max(sent, number) : number
        ledger.note(Self.stage(of: asked), code, took: now - since, at: now, message: message) { replies.text }
        if code == 421 { return closing(asked, &ledger) }
        let isYes = code >= 200 && code < 300
        switch asked {
        case .mail: return mailAnswered(isYes, at: now, &ledger)
        case .recipient: return recipientAnswered(isYes, at: now, &ledger)
        case .data: return dataAnswered(code == 354, at: now, &ledger)
        case .endOfData: return endAnswered(isYes, at: now, &ledger)
        case .emptyEnd: return afterRefusal(at: now, &ledger)
        case .reset: return begin(at: now, &ledger)
        case .quit: return .close
        }
    }

    private mutating func mailAnswered(_ isYes: Bool, at now: Int, _ ledger: inout BurstLedger) -> Move {
        isMailAccepted = isYes
        if isPipelined { return .nothing }
        guard isYes else { return afterRefusal(at: now, &ledger) }
        return say(.recipient(0), .recipient, at: now)
    }

    private mutating func recipientAnswered(_ isYes: Bool, at now: Int, _ ledger: inout BurstLedger) -> Move {
        self.asked += 1
        if isYes { accepted += 1 }
        if isPipelined { return .nothing }
        if self.asked < recipients { return say(.recipient(self.asked), .recipient, at: now) }
        return accepted > 0 ? say(.data, .data, at: now) : afterRefusal(at: now, &ledger)
    }

    private mutating func dataAnswered(_ isYes: Bool, at now: Int, _ ledger: inout BurstLedger) -> Move {
        guard isYes else { return afterRefusal(at: now, &ledger) }
        // RFC 2920 §3.1: with no recipient left a client says nothing but the dot.
        // Nor after a refused MAIL, whatever the server says to what went out behind it.
        guard accepted > 0, isMailAccepted else { return say(.nothingButTheDot, .emptyEnd, at: now) }
        (sent, isSentTaken) = (number, false)
        clear()
        since = now
        for _ in 0..<(isLMTP ? accepted : 1) { due.append(.endOfData) }
        let number = sent
        self.number = 0
        guard isPipelined, !isSingle, let next = ledger.next() else { return .message(number, thenEnvelope: false) }
        open(next)
        return .message(number, thenEnvelope: true)
    }

    private mutating func endAnswered(_ isYes: Bool, at now: Int, _ ledger: inout BurstLedger) -> Move {
        if isYes, !isSentTaken {
            isSentTaken = true
            ledger.take(at: now)
        }
        // In LMTP every recipient has a reply, RFC 2033 §4.2.
        if head < due.count, due[head] == .endOfData { return .nothing }
        if !isSentTaken { ledger.refuse() }
        sent = 0
        if number > 0 { return .nothing }
        isOver = isSingle
        return begin(at: now, &ledger)
    }

    /// The message is refused: a transaction that has begun is given up, RFC 5321 §4.1.1.5.
    private mutating func afterRefusal(at now: Int, _ ledger: inout BurstLedger) -> Move {
        if number > 0 { ledger.refuse() }
        number = 0
        isOver = isSingle
        guard isMailAccepted, !isOver else { return begin(at: now, &ledger) }
        return say(.reset, .reset, at: now)
    }

    private mutating func closing(_ asked: Due, _ ledger: inout BurstLedger) -> Move {
        switch asked {
        case .mail, .recipient, .data, .emptyEnd:
            if number > 0 { ledger.refuse() }
            number = 0
        case .endOfData:
            if !isSentTaken { ledger.refuse() }
            sent = 0
        case .reset, .quit: break
        }
        return .serviceClosing
    }

    // MARK: what is under way

    private mutating func open(_ next: Int) {
        number = next
        (self.asked, accepted, isMailAccepted) = (0, 0, false)
        guard isPipelined else { return }
        due.append(.mail)
        for _ in 0..<recipients { due.append(.recipient) }
        due.append(.data)
    }

    private mutating func say(_ move: Move, _ reply: Due, at now: Int) -> Move {
        clear()
        due.append(reply)
        since = now
        return move
    }

    private mutating func clear() {
        guard head == due.count else { return }
        due.removeAll(keepingCapacity: true)
        head = 0
    }

    private static func stage(of due: Due) -> SessionStage {
        switch due {
        case .mail: .sender
        case .recipient: .recipient
        case .data: .data
        case .endOfData, .emptyEnd: .endOfData
        case .reset: .reset
        case .quit: .quit
        }
    }
}
