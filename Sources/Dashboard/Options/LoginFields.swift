import MailVocabulary
import SMTP

extension OptionField {
    /// Who the client says it is. The password is asked for when the session begins, and is in no field.
    static let loginFields = [
        OptionField(
            "mechanism", on: .login,
            .choice(["none", "best"] + SASLMechanism.allCases.map(\.rawValue)),
            hint: "none: no AUTH; best: of the passwords' that the server offers",
            read: { $0.authentication.map { $0.mechanism?.rawValue ?? "best" } ?? "none" },
            write: { text, settings in
                guard text != "none" else {
                    settings.authentication = nil
                    return nil
                }
                var plan = settings.authentication ?? AuthenticationPlan(user: "")
                plan.mechanism = SASLMechanism(rawValue: text)
                settings.authentication = plan
                return nil
            }),
        OptionField(
            "user", on: .login, hint: "whom to authenticate as; the password is asked for when the session begins",
            read: { $0.authentication?.user ?? "" },
            write: { text, settings in
                settings.authentication?.user = text
                if let fault = EnvelopeFault.inField(text, "the user") { return Phrase(said: fault) }
                guard let plan = settings.authentication else {
                    return text.isEmpty ? nil : "the mechanism is none: choose one, or empty the user"
                }
                return text.isEmpty && plan.mechanism != .external ? "whom to authenticate as?" : nil
            }),
        OptionField(
            "acts as", on: .login, hint: "the identity to act as, where it is another (RFC 4422 §2)",
            read: { $0.authentication?.actsAs ?? "" },
            write: { text, settings in
                settings.authentication?.actsAs = text
                return Self.fault(EnvelopeFault.inField(text, "the identity"))
            }),
        OptionField(
            "channel", on: .login, .choice(AuthenticationPlan.Channel.allCases.map(\.rawValue)),
            hint: "what must protect the password; encrypted and any ask before each session",
            read: { ($0.authentication?.channel ?? .verified).rawValue },
            write: { text, settings in
                settings.authentication?.channel = AuthenticationPlan.Channel(rawValue: text) ?? .verified
                guard let plan = settings.authentication, plan.channel != .any, settings.tls == .never,
                    settings.target?.implicitTLS != true
                else { return nil }
                return "TLS is never used: the channel can only be any"
            }),
        OptionField(
            "channel binding", on: .login, .choice(["by version"] + ChannelBinding.allCases.map(\.rawValue)),
            hint: "what SCRAM's -PLUS forms are bound to; by version: as RFC 9266 says",
            read: { $0.authentication?.binding?.rawValue ?? "by version" },
            write: { text, settings in
                settings.authentication?.binding = ChannelBinding(rawValue: text)
                guard let mechanism = settings.authentication?.mechanism, text != "by version", !mechanism.bindsChannel
                else { return nil }
                return "channel binding is for the -PLUS mechanisms, not for \(mechanism.rawValue)"
            }),
        OptionField(
            "AUTH is", on: .login, .choice(AuthenticationPlan.Demand.allCases.map(\.rawValue)),
            hint: "required: the session ends without it; offered: only where it is; optional: go on anyway",
            read: { ($0.authentication?.demand ?? .required).rawValue },
            write: {
                $1.authentication?.demand = AuthenticationPlan.Demand(rawValue: $0) ?? .required
                return nil
            }),
        OptionField(
            "initial response", on: .login, .choice(["yes", "no"]),
            hint: "yes: it stands in the AUTH command; no: it waits for the 334",
            read: { $0.authentication?.sendsInitialResponse == false ? "no" : "yes" },
            write: {
                $1.authentication?.sendsInitialResponse = $0 == "yes"
                return nil
            }),
    ]
}
