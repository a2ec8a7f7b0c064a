import MailVocabulary

extension Procedure {
    /// Seed 002, the advanced test: a message whose delivery report must find its way back.
    public static let receipts = Procedure(
        id: "receipts", title: "does mail travel both ways?",
        summary: "sends one message that asks for a delivery report, and watches for the report on its way back",
        steps: [
            .senderTakesReports, .serverSaysHello, .serverOffersDSN, .senderIsAccepted, .recipientIsAccepted,
            .messageIsQueued, .messageLeftGateway, .reportCameBack,
        ])
}
