import MailVocabulary

extension Procedure {
    /// Seed 004, the whole path: the sender's addresses, the log, the connection, the message, and what is left when the log
    /// says nothing.
    public static let arrive = Procedure(
        id: "arrive", title: "why did this message not arrive?",
        summary: "from the sender's domain to its addresses, through the log to the message, or to whom to ask next",
        steps: [
            .senderIsKnown, .senderDomainSendsFrom, .logHasSender, .connectionWasAccepted, .messageWasTaken,
            .messageWasDelivered, .dialogueIsRecorded, .gatewayTakesFromSender, .senderIsTold,
        ])
}
