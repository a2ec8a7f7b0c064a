/// The commands of one session that wait for their reply, and the envelope so far: of a log that shows the dialogue.
struct DialogueTransaction: Sendable {
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
    /// True behind 354 (RFC 5321 §4.1.1.4): what the client sends until the next reply is mail, whatever it looks like.
    var isContent = false
    /// The message that a sending session carries, or -1.
    var message: Int32 = -1

    /// A client that never waits for replies is not followed for ever.
    static let mostWaiting = 10_000

    mutating func begin(_ command: Command) {
        if isContent { return }
        if case .authentication? = waiting.first { return }
        if waiting.count < DialogueTransaction.mostWaiting { waiting.append(command) }
    }

    mutating func takeCommand() -> Command? {
        isContent = false
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    /// The command in a line of dialogue, its argument kept.
    static func command(_ line: Span<UInt8>, _ data: Range<Int>, _ texts: inout TextStore) -> Command {
        let head = data.prefix(4).map { TextStore.lower(line[$0]) }
        if head == Array("mail".utf8) { return .sender(texts.keep(line, DialogueText.bracketed(line, data))) }
        if head == Array("rcpt".utf8) { return .recipient(texts.keep(line, DialogueText.bracketed(line, data))) }
        if head == Array("data".utf8) || head == Array("bdat".utf8) { return .data }
        return head == Array("auth".utf8) ? .authentication : .other
    }
}
