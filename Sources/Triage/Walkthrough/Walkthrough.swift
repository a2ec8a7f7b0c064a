/// Somewhere that a walkthrough has got to. The facts are the incident's; only the place is kept here.
public struct Walkthrough: Hashable, Sendable {
    /// The id of its procedure.
    public let procedureID: String
    /// Index in the procedure's steps; their count means the end: the report.
    public var position = 0
    /// Steps that the operator chose to leave out.
    public var skipped: Set<String> = []
    public var isVisible = true
    /// Goes on by itself after a step that passed.
    public var isAutomatic = false
    /// What was ordered last, so that it is not ordered again before it has begun.
    public var ordered: Order?

    /// Something that was asked for, with what was known then.
    public struct Order: Hashable, Sendable {
        let position: Int
        /// How many sessions and events there were.
        let facts: Int
        let requests: [WalkthroughStep.Request]

        public init(position: Int, facts: Int, requests: [WalkthroughStep.Request]) {
            (self.position, self.facts, self.requests) = (position, facts, requests)
        }
    }

    public init(_ procedure: Procedure) { procedureID = procedure.id }

    public var procedure: Procedure { Procedure.named(procedureID) ?? .receive }

    /// The step that it stands at; `nil` at the end.
    public var step: WalkthroughStep? {
        let steps = procedure.steps
        return steps.indices.contains(position) ? steps[position] : nil
    }

    /// Every step has been gone through: what remains is the report.
    public var isAtEnd: Bool { position >= procedure.steps.count }
}
