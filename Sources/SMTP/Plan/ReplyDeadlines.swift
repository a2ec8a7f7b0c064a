/// How long each reply may take, RFC 5321 §4.5.3.2, and when waiting becomes worth a word (`warnAfter`).
///
/// A deadline is for the complete reply: bytes that drip in do not extend it.
public struct ReplyDeadlines: Hashable, Sendable {
    public var connect: Duration = .seconds(30)
    public var greeting: Duration = .seconds(300)
    public var command: Duration = .seconds(300)
    public var data: Duration = .seconds(120)
    /// For each piece of a message that is read from a file: how long the server may take no more of it.
    public var dataBlock: Duration = .seconds(180)
    public var endOfData: Duration = .seconds(600)
    public var tlsHandshake: Duration = .seconds(60)
    public var quit: Duration = .seconds(20)
    /// From here on the screen says that the server is slow.
    public var warnAfter: Duration = .seconds(5)

    public init() {}

    /// The limit of the reply to a command of `stage`.
    public func limit(_ stage: SessionStage) -> Duration {
        switch stage {
        case .connect: greeting
        case .data: data
        case .chunk, .endOfData: endOfData
        case .quit: quit
        case .resolve, .hello, .startTLS, .authenticate, .sender, .recipient, .reset, .other, .idle: command
        }
    }
}
