/// The text of a reply that is in another charset than UTF-8.
public struct ReplyReading: Hashable, Sendable {
    /// What it was decoded from.
    public let charset: Charset
    /// One for each line of the reply. Outside text: print it only through `PrintableText`.
    public let texts: [String]

    public init(_ charset: Charset, _ texts: [String]) { (self.charset, self.texts) = (charset, texts) }
}
