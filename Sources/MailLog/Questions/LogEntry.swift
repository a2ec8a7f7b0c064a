import MailVocabulary

/// One row of a list: a message with what became of it, or a connection that brought none.
public struct LogEntry: Hashable, Sendable {
    /// When it began, on the writer's clock; the year is known when the log has one.
    public var began: Timestamp
    /// The message, or the connection that brought none; nothing for a connection that the log does not name.
    public var key: TraceKey?
    /// The incoming connection's key, when it is in the log.
    public var connection: TraceKey?
    /// The client's, when the log knows it.
    public var address: IPAddress?
    /// The reverse-path. Outside text.
    public var sender: String
    /// Outside text.
    public var subject: String
    /// With its angle brackets. Outside text.
    public var messageID: String
    /// Empty for a connection without a message.
    public var recipients: [Trace.RecipientOutcome]
    /// The same words as a trace has.
    public var verdict: String
    /// Nothing for a connection without a message.
    public var outcome: Trace.Outcome?
    /// The story in one sentence, which waits for its language.
    public var phrase: Phrase
    /// The story in English, for programs and files.
    public var sentence: String { phrase.description }
    /// The place of its first line, counted over all lines read: the order of a list.
    public var firstOrdinal: Int
    /// Whose lines it stands for: an identifier alone may be that of several, of other hosts or other days.
    let root: TraceFinder.Root

    /// Whether a reply or reason of this row has such a code as a word.
    func hasReply(_ wanted: ReplyPattern, reason: String) -> Bool {
        ([reason] + recipients.map(\.detail)).contains { words in
            words.split(whereSeparator: { " -:;,(){}[]'\"#".contains($0) }).contains { wanted.matches($0) }
        }
    }

    /// Whether its verdict or outcome is this word, or one of these words with commas between them.
    func hasVerdict(_ wanted: String) -> Bool {
        wanted.lowercased().split(separator: ",").contains { $0 == verdict || $0 == outcome?.rawValue ?? "" }
    }
}
