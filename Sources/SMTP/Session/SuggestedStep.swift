/// The command that would come next by the plan: shown before it is sent, and sent by `SessionOrder.proceed`.
public struct SuggestedStep: Hashable, Sendable {
    public var stage: SessionStage
    /// As it would go out, without CRLF.
    public var line: String
    /// False for what may put a message into a mailbox: DATA and the final dot.
    public var isSafe: Bool

    public init(stage: SessionStage, line: String, isSafe: Bool = true) {
        (self.stage, self.line, self.isSafe) = (stage, line, isSafe)
    }

    init(_ command: Command) { self.init(stage: command.stage, line: command.line, isSafe: command != .data) }
}
