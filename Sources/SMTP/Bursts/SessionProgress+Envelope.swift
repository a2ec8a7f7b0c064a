import MailVocabulary

extension SessionProgress {
    /// MAIL and every RCPT of the plan, with the parameters that this server's EHLO list allows, without their CRLF.
    public var envelopeLines: (mail: String, recipients: [String]) {
        (
            Command.mail(from: plan.reversePath, parameters: mailParameters).line,
            plan.recipients.map { Command.recipient($0.forwardPath, parameters: parameters(of: $0)).line }
        )
    }
}
