import MailVocabulary

/// The pages of the form behind `e`, in the order of a session.
public enum OptionPage: String, Hashable, Sendable, CaseIterable {
    case envelope = "Envelope"
    case security = "TLS"
    case login = "Login"
    case delivery = "Delivery"
    case connection = "Connection"
    case message = "Message"
    /// What is not as it comes: nothing to fill in.
    case overview = "Overview"

    /// The name as a label.
    var label: Phrase { Phrase(stringLiteral: rawValue) }

    /// What the page holds, in the order in which it is asked.
    var fields: [OptionField] { OptionField.all.filter { $0.page == self } }
}
