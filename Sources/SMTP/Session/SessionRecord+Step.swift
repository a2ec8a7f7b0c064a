import MailVocabulary

extension SessionRecord {
    /// One line of the step list: a stage, what was said, what came back and how long it took.
    public struct Step: Hashable, Sendable {
        public enum Verdict: String, Hashable, Sendable {
            case pending, running, done, warning
            case refusedForNow = "temporary"
            case refused = "permanent"
            case failed, skipped
        }

        public var stage: SessionStage
        /// What was sent or tried: `<nobody@example.test>`, `192.0.2.25:25`. Outside text.
        public var request: String
        /// What came: the first line of the reply, or the verdict in words. Outside text.
        public var outcome: String
        public var verdict: Verdict
        /// How long it took; `nil` while it is pending or running.
        public var took: Duration?
        /// Index in `events` of the reply or event that decided it.
        public var event: Int?

        public init(
            stage: SessionStage, request: String = "", outcome: String = "", verdict: Verdict = .pending,
            took: Duration? = nil, event: Int? = nil
        ) {
            (self.stage, self.request, self.outcome) = (stage, request, outcome)
            (self.verdict, self.took, self.event) = (verdict, took, event)
        }

        /// The step's name in lists: `MAIL FROM`, `DNS`; for a command of no known stage its verb is in `request`.
        public var name: String {
            switch stage {
            case .resolve: "DNS"
            case .sender: "MAIL FROM"
            case .recipient: "RCPT TO"
            case .data, .endOfData: "DATA"
            case .connect, .hello, .startTLS, .authenticate, .chunk, .reset, .quit, .other, .idle: stage.rawValue
            }
        }

        var isRefused: Bool { verdict == .refused || verdict == .refusedForNow }

        /// Neither begun nor decided.
        var isOpen: Bool { verdict == .pending || verdict == .skipped }

        /// The list of a session that has not begun.
        static func planned(by plan: SessionPlan) -> [Step] {
            let lookUp =
                switch plan.target.destination {
                case .host(let name): name
                case .domain(let name): "MX \(name)"
                }
            var steps = [Step(stage: .resolve, request: lookUp, verdict: .running), Step(stage: .connect)]
            if plan.target.implicitTLS { steps.append(Step(stage: .startTLS, request: "from the first byte")) }
            steps.append(Step(stage: .hello, request: plan.helloName))
            let introductions = plan.clientAttributes.map { Step(stage: .other, request: "XCLIENT \($0)") }
            if plan.introducesBeforeTLS { steps += introductions }
            if !plan.target.implicitTLS, plan.tls != .never { steps.append(Step(stage: .startTLS)) }
            if !plan.introducesBeforeTLS { steps += introductions }
            if let authentication = plan.authentication {
                steps.append(Step(stage: .authenticate, request: authentication.mechanism?.rawValue ?? ""))
            }
            if let attributes = plan.forwardAttributes {
                steps.append(Step(stage: .other, request: "XFORWARD \(attributes)"))
            }
            for probe in plan.probes {
                steps.append(Step(stage: probe.stage, request: probe.stage == .other ? probe.line : ""))
            }
            steps.append(Step(stage: .sender, request: "<\(plan.reversePath)>"))
            for recipient in plan.recipients {
                steps.append(Step(stage: .recipient, request: "<\(recipient.forwardPath)>"))
            }
            let rehearsal = "not sent: the rehearsal stops at \(min(plan.stopAfter, .recipient).rawValue)"
            steps.append(
                plan.stopAfter < .data
                    ? Step(stage: .data, outcome: rehearsal, verdict: .skipped) : Step(stage: .data))
            return steps + [Step(stage: .quit)]
        }
    }
}
