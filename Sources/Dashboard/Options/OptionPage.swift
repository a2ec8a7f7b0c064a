import MailVocabulary

/// The pages of the form behind `e`, in the order of a session.
public enum OptionPage: String, Hashable, Sendable, CaseIterable {
    case envelope = "Envelope"
    case security = "TLS"
    case login = "Login"
    case conversation = "Before MAIL"
    case delivery = "Delivery"
    case service = "Services"
    case connection = "Connection"
    case message = "Message"
    case files = "Files"
    case burst = "Burst"
    /// What is not as it comes: nothing to fill in.
    case overview = "Overview"

    /// The name as the form shows it.
    var label: Phrase { Phrase(stringLiteral: rawValue) }

    /// What the page holds, in the order in which it is asked.
    var fields: [OptionField] { OptionField.all.filter { $0.page == self } }
}
