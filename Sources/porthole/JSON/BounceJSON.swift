import Triage

/// What `explain --bounce --json` prints.
struct BounceJSON: Encodable {
    struct Recipient: Encodable {
        let address: String?
        let originalAddress: String?
        let action: String
        let status: String?
        let remoteMTA: String?
        let reply: String
        let retryUntil: String?
        let explanation: ExplanationJSON?
    }

    let version = 1
    let reporter: String?
    let arrived: String?
    let queueID: String?
    let envelopeID: String?
    let messageID: String?
    let subject: String?
    let isStandard: Bool
    let recipients: [Recipient]

    /// - Parameter explanations: One for each recipient, where there is one.
    init(_ bounce: Bounce, _ explanations: [ReplyExplanation?]) {
        (reporter, arrived, queueID) = (bounce.reporter, bounce.arrived, bounce.queueID)
        (envelopeID, messageID, subject) = (bounce.envelopeID, bounce.messageID, bounce.subject)
        isStandard = bounce.isStandard
        recipients = zip(bounce.recipients, explanations).map { recipient, explanation in
            Recipient(
                address: recipient.address, originalAddress: recipient.originalAddress, action: recipient.action,
                status: recipient.status, remoteMTA: recipient.remoteMTA, reply: recipient.reply,
                retryUntil: recipient.retryUntil, explanation: explanation.map(ExplanationJSON.init))
        }
    }
}
