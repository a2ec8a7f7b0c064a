import MailVocabulary
import SMTP

extension OptionField {
    /// The parameters of MAIL and RCPT.
    static let deliveryFields = [
        OptionField(
            "notify", on: .delivery,
            .text(["NEVER", "SUCCESS", "FAILURE", "DELAY", "SUCCESS,FAILURE", "SUCCESS,FAILURE,DELAY"]),
            hint: "NOTIFY: SUCCESS,FAILURE,DELAY or NEVER; empty: not said (RFC 3461 §4.1)",
            read: { $0.recipients.first?.notify.map(\.rawValue).joined(separator: ",") ?? "" },
            write: { text, settings in
                var notify: [Recipient.Notify] = []
                for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
                    guard let condition = Recipient.Notify(rawValue: word.uppercased()) else {
                        return "\(word) is not one of SUCCESS, FAILURE, DELAY, NEVER"
                    }
                    notify.append(condition)
                }
                if notify.contains(.never), notify.count > 1 { return "NEVER stands alone (RFC 3461 §4.1)" }
                for index in settings.recipients.indices { settings.recipients[index].notify = notify }
                return notify.isEmpty || !settings.recipients.isEmpty ? nil : "there is no recipient to ask about"
            }),
        OptionField(
            "orcpt", on: .delivery, .choice(["no", "yes"]),
            hint: "ORCPT for every recipient: the address itself, as xtext (RFC 3461 §4.2)",
            read: { $0.recipients.first?.original == nil ? "no" : "yes" },
            write: { text, settings in
                for index in settings.recipients.indices {
                    let path = settings.recipients[index].forwardPath
                    settings.recipients[index].original = text == "yes" ? "rfc822;\(path)" : nil
                }
                return nil
            }),
        oneOf(
            "ret", on: .delivery, none: "not said", hint: "RET: how much of the message a report brings back",
            \.mail.returns),
        OptionField(
            "envid", on: .delivery, hint: "ENVID: an id that reports repeat; written as xtext (RFC 3461 §4.4)",
            read: { $0.mail.envelopeID ?? "" },
            write: { text, settings in
                settings.mail.envelopeID = text.isEmpty ? nil : text
                let length = XText.encode(text).utf8.count
                return length <= 100 ? nil : "ENVID has at most 100 characters as xtext, not \(length)"
            }),
        OptionField(
            "size", on: .delivery, .text(["message"]),
            hint: "SIZE: octets, or message for that of the test message; empty: not said (RFC 1870)",
            read: {
                switch $0.mail.size {
                case .ofMessage: "message"
                case .octets(let count): "\(count)"
                case nil: ""
                }
            },
            write: { text, settings in
                if text.isEmpty {
                    settings.mail.size = nil
                } else if text == "message" {
                    settings.mail.size = .ofMessage
                } else {
                    guard let count = Int(text), count >= 0 else { return "a number of octets, or the word message" }
                    settings.mail.size = .octets(count)
                }
                return nil
            }),
        oneOf(
            "body type", on: .delivery, none: "as needed",
            hint: "BODY: 8BITMIME where the text needs it (RFC 6152); BINARYMIME goes by BDAT",
            \.mail.body),
        flag(
            "smtputf8", on: .delivery, hint: "SMTPUTF8 even where no address needs it (RFC 6531)",
            \.mail.isInternational),
        OptionField(
            "MAIL parameters", on: .delivery, hint: "sent as they are, whatever the server offers; divided by blanks",
            read: { $0.mail.byHand.joined(separator: " ") },
            write: { text, settings in
                settings.mail.byHand = text.split(separator: " ").map(String.init)
                return Self.fault(EnvelopeFault.inField(text, "the parameter"))
            }),
    ]
}
