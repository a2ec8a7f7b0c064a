import MailVocabulary

/// One check of the mail side of the DNS. It is asked again with the answers so far until it concludes: no clock, no socket.
public struct DNSCheck: Sendable {
    /// Stable, as `mx-exists`.
    public let name: String
    /// Every kind of finding that this check can give.
    public let mayFind: [FindingKind]
    /// Whether it rests on all answers at once, of whatever check: it is judged anew with each.
    public var seesAll = false
    /// Says what it still needs, or concludes: with no findings when the check does not apply to the subject.
    public let judge: @Sendable (DNSSubject, DNSAnswers) -> Judgement<DNSQuestion, [Finding]>

    /// A check with the kinds that it declares.
    public init(
        name: String, mayFind: [FindingKind], seesAll: Bool = false,
        judge: @escaping @Sendable (DNSSubject, DNSAnswers) -> Judgement<DNSQuestion, [Finding]>
    ) {
        (self.name, self.mayFind, self.seesAll, self.judge) = (name, mayFind, seesAll, judge)
    }
}

extension DNSCheck {
    /// The registry. A new check is one file in `Checks/` and one name here.
    public static let all: [DNSCheck] = [
        .mxExists, .nullMX, .mxTargetResolves, .mxTargetIsNotAlias, .mxTargetIsNotAddress, .mxTargetIsHostName,
        .mxTargetsDiffer, .reverseDNSConfirms, .reverseNameIsSpecific, .spfIsSingle, .spfHolds, .spfAllowsSource,
        .helloNameIsOurs,
        .localPartIsPlain,
        .dmarcIsPublished,
        .dmarcHolds, .dkimKeysHold, .mtaSTSIsAnnounced, .mtaSTSHolds, .tlsReportingIsAnnounced, .tlsaIsPublished,
        .bimiIsPublished, .blockListsAreSilent, .resolverAnswers, .resolverIsHonest, .dnssecHolds,
    ]
}
