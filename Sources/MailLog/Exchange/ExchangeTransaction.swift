/// The commands of one Exchange session that wait for their reply, and the envelope so far.
struct ExchangeTransaction: Sendable {
    enum Command: Sendable {
        case sender(TextStore.Reference)
        case recipient(TextStore.Reference)
        case data
        /// Its dialogue goes on after 334: what follows is no command.
        case authentication
        case other
    }

    /// In the order in which they were given: a client may send several at once (RFC 2920).
    var waiting: [Command] = []
    var sender = TextStore.Reference.none
    var recipients: [TextStore.Reference] = []
    /// The message that a sending session carries, or -1.
    var message: Int32 = -1

    /// A client that never waits for replies is not followed for ever.
    static let mostWaiting = 10_000

    mutating func begin(_ command: Command) {
        if case .authentication? = waiting.first { return }
        if waiting.count < ExchangeTransaction.mostWaiting { waiting.append(command) }
    }

    mutating func takeCommand() -> Command? { waiting.isEmpty ? nil : waiting.removeFirst() }

    /// The command in a line of dialogue, its argument kept.
    static func command(_ line: Span<UInt8>, _ data: Range<Int>, _ texts: inout TextStore) -> Command {
        let head = data.prefix(4).map { TextStore.lower(line[$0]) }
        if head == Array("mail".utf8) { return .sender(texts.keep(line, ExchangeText.bracketed(line, data))) }
        if head == Array("rcpt".utf8) { return .recipient(texts.keep(line, ExchangeText.bracketed(line, data))) }
        if head == Array("data".utf8) || head == Array("bdat".utf8) { return .data }
        return head == Array("auth".utf8) ? .authentication : .other
    }
}
/// What is known of Exchange's sessions and messages while a log is being read.
struct ExchangeState: Sendable {
    var transactions: [UInt64: ExchangeTransaction] = [:]
    /// Messages by their Message-ID: the one name that all of Exchange's logs have in common.
    var byMessageID: [[UInt8]: Int32] = [:]

    /// Sessions that never end in the log must not fill the memory.
    mutating func begin(_ session: UInt64) {
        if transactions.count > 100_000 { transactions = [:] }
        transactions[session] = ExchangeTransaction()
    }
}
