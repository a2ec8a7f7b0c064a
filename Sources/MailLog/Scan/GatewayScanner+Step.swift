extension GatewayScanner {
    /// Whether a message waits in the queue after the fact, or leaves it.
    static func step(_ fact: GatewayEvent.MessageFact) -> LineOwner.Step {
        switch fact {
        case .queued: .waits
        case .finished, .dropped: .leaves
        case .messageID, .subject, .ready, .quarantined, .released, .deleted, .spamTagged, .spamQuarantined,
            .ldapDropped,
            .ldapBounced, .requeued, .dmarcRejected, .aborted, .pending, .scanned, .other:
            .other
        }
    }
}
