import MailVocabulary

extension Procedure {
    /// Whether a refusal at RCPT is about the recipient, the sender, ourselves, or the server asked.
    public static let recipient = Procedure(
        id: "recipient", title: "why is this recipient refused?",
        summary: "asks the same server about other people, and so finds out whom the refusal is about",
        steps: [
            .recipientIsAccepted, .serverIsExchanger, .postmasterIsAccepted, .nullSenderIsAccepted,
            .sourceHasReverseDNS, .gatewaySawConnection,
        ])
}
