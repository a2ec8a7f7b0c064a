import MailVocabulary

/// One conclusion that may be drawn from a trace.
public struct TraceRule: Sendable {
    /// What it may find.
    public let mayFind: [FindingKind]
    /// Judges one trace.
    public let judge: @Sendable (Trace) -> [Finding]

    public init(mayFind: [FindingKind], judge: @escaping @Sendable (Trace) -> [Finding]) {
        (self.mayFind, self.judge) = (mayFind, judge)
    }

    /// Every rule. A new one is a file in `Rules` and its name here.
    public static let all: [TraceRule] = [
        .bannerDelayed, .connectionWithoutMessage, .bouncedRecipient, .deferredDelivery, .acceptedThenDropped,
    ]
}
