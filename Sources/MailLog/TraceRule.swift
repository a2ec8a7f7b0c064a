import MailVocabulary

/// One conclusion that may be drawn from a trace.
public struct TraceRule: Sendable {
    /// What it may find.
    public let mayFind: [FindingKind]
    /// The kinds of lines that bear its findings out, as `LogRecord.event` calls them.
    public let evidence: Set<String>
    /// Judges one trace.
    public let judge: @Sendable (Trace) -> [Finding]

    public init(
        mayFind: [FindingKind], evidence: Set<String> = [], judge: @escaping @Sendable (Trace) -> [Finding]
    ) {
        (self.mayFind, self.evidence, self.judge) = (mayFind, evidence, judge)
    }

    /// The places in `records` of the lines that bear a finding out; none for a finding that rests on what is not there.
    public static func evidence(of finding: Finding, in records: [LogRecord?]) -> [Int] {
        let events = all.filter { $0.mayFind.contains(finding.kind) }.reduce(into: Set<String>()) {
            $0.formUnion($1.evidence)
        }
        return records.indices.filter { records[$0].map { events.contains($0.event) } ?? false }
    }

    /// Every rule. A new one is a file in `Rules` and its name here.
    public static let all: [TraceRule] = [
        .acceptedThenDropped, .bannerDelayed, .connectionWithoutMessage,
        // of the connection
        .refusedAtTCP,
        .rejectedByPolicy,
        .rejectionDelayed,
        .blockListed,
        .clientGreylisted,
        .connectionThrottled,
        .connectionIdle,
        .clientGaveUp,
        .clientTarpitted,
        .reverseNameMissing,
        .reverseNameUnconfirmed,
        .incomingTLSFailed,
        .authenticationFailed,
        // of what it brought
        .senderRefused,
        .recipientRefused,
        .messageRefused,
        .messageCutOff,
        .spamFound,
        .messageQuarantined,
        .messageChanged,
        // of delivery
        .bouncedRecipient,
        .doubleBounce,
        .deferredDelivery,
        .nextHopUnreachable,
        .outgoingTLSFailed,
        .messageWaiting,
        .partlyDelivered,
        .messageDelivered,
        .timeBudget,
    ]
}
