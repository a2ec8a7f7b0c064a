import MailVocabulary
import SMTP

extension OptionField {
    /// What is demanded of TLS.
    static let securityFields = [
        OptionField(
            "tls", on: .security, .choice(SessionPlan.TLSPolicy.allCases.map(\.rawValue)),
            hint: "STARTTLS where it is offered, or not without it, or never",
            read: { $0.tls.rawValue },
            write: {
                $1.tls = SessionPlan.TLSPolicy(rawValue: $0) ?? .offered
                return nil
            }),
        oneOf(
            "oldest version", on: .security, none: "any", hint: "older versions are not agreed to", \.security.minimum),
        OptionField(
            "newest version", on: .security, .choice(["any"] + TLSDemands.Version.allCases.map(\.rawValue)),
            hint: "newer versions are not agreed to",
            read: { $0.security.maximum?.rawValue ?? "any" },
            write: {
                $1.security.maximum = TLSDemands.Version(rawValue: $0)
                guard let least = $1.security.minimum, let most = $1.security.maximum, least.number > most.number else {
                    return nil
                }
                return "the oldest version is newer than the newest"
            }),
        optional("ciphers", on: .security, hint: "an OpenSSL cipher list, for TLS 1.2 and before", \.security.ciphers),
        OptionField(
            "SNI", on: .security, .text(["none"]), hint: "empty: the host's name; none: no name is sent (RFC 6066 §3)",
            read: { $0.security.serverName.map { $0.isEmpty ? "none" : $0 } ?? "" },
            write: { text, settings in
                settings.security.serverName = text.isEmpty ? nil : text == "none" ? "" : text
                return Self.fault(EnvelopeFault.inField(text, "SNI"))
            }),
        optional(
            "certificate name", on: .security, hint: "expected in the certificate in place of the host's name",
            \.security.expectedName),
        flag(
            "must verify", on: .security, hint: "a certificate that is not verified ends the session",
            \.security.mustVerify),
        OptionField(
            "pins", on: .security,
            hint: "SHA-256 of the server's certificate in hexadecimal; several: divided by commas",
            read: { $0.security.pins.joined(separator: ",") },
            write: { text, settings in
                settings.security.pins = []
                for word in text.split(separator: ",") {
                    guard let pin = TLSDemands.pin(String(word)) else {
                        return "\(word) is not a SHA-256: 64 hexadecimal digits, colons allowed"
                    }
                    settings.security.pins.append(pin)
                }
                return nil
            }),
        optional(
            "roots", on: .security, hint: "a PEM file of roots to trust, in place of the system's",
            \.security.trustFile),
        flag(
            "resume", on: .security,
            hint: "resumes the TLS session that an earlier session left",
            \.security.resumes),
        flag(
            "injected bytes", on: .security, yes: "discard", no: "stop",
            hint: "clear text behind the 220 to STARTTLS: end there, or throw it away", \.security.discardsInjection),
        optional(
            "client certificate", on: .security, hint: "a PEM file with our certificate and its chain",
            \.security.certificateFile),
        OptionField(
            "client key", on: .security, hint: "a PEM file; empty: the key is in the file of the certificate",
            read: { $0.security.keyFile ?? "" },
            write: { text, settings in
                settings.security.keyFile = text.isEmpty ? nil : text
                if !text.isEmpty, settings.security.certificateFile == nil {
                    return "a key needs a client certificate"
                }
                return Self.fault(EnvelopeFault.inField(text, "the file of the key"))
            }),
    ]
}
