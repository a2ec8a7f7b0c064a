/// What the message row says, until something newer is said.
public struct Notice: Hashable, Sendable {
    public enum Tone: Hashable, Sendable { case plain, good, bad, waiting }

    /// May quote outside text.
    public var text: String
    public var tone: Tone

    public init(_ text: String, _ tone: Tone = .plain) { (self.text, self.tone) = (text, tone) }
}
