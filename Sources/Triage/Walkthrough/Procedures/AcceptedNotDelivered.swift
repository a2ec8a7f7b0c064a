import MailVocabulary

extension Procedure {
    /// The server said 250, and still nothing is in the mailbox.
    public static let accepted = Procedure(
        id: "accepted", title: "accepted, but not delivered?",
        summary: "follows the id of the 250 through the gateway's log: filters, queue, next hop, mailbox",
        steps: [.messageIsQueued, .messageIsInLog, .messagePassedFilters, .messageLeftGateway, .recipientSawMessage])
}
