import MailVocabulary
import SMTP

extension OptionField {
    /// The service extensions that a transaction is to use.
    static let serviceFields = [
        OptionField(
            "BDAT", on: .service, hint: "octets of a chunk: by BDAT, not DATA (RFC 3030); empty: DATA",
            read: { $0.services.chunk.map { "\($0)" } ?? "" },
            write: { text, settings in
                settings.services.chunk = nil
                if !text.isEmpty {
                    guard let size = Int(text), (1...1 << 30).contains(size) else {
                        return "the octets of a chunk, from 1 to \(1 << 30)"
                    }
                    settings.services.chunk = size
                }
                guard settings.mail.body == .binary, settings.services.chunk == nil else { return nil }
                return "BINARYMIME goes by BDAT only: how many octets has a chunk?"
            }),
        flag(
            "PRDR", on: .service, hint: "a reply for each recipient after the message, where the server offers it",
            \.services.wantsRecipientReplies),
        flag(
            "REQUIRETLS", on: .service, hint: "every hop must use verified TLS (RFC 8689)", \.services.requiresTLS),
        OptionField(
            "deliver by", on: .service,
            hint: "BY: 120;R returns it after 120 s, 120;N reports, T traces (RFC 2852)",
            read: { $0.services.deliverBy?.value ?? "" },
            write: { text, settings in
                settings.services.deliverBy = text.isEmpty ? nil : .init(text)
                guard !text.isEmpty, settings.services.deliverBy == nil else { return nil }
                return "SECONDS;R or SECONDS;N, a T behind traces; R needs a time above 0"
            }),
        OptionField(
            "priority", on: .service, hint: "MT-PRIORITY: -9 to 9, higher is more urgent (RFC 6710)",
            read: { $0.services.priority.map { "\($0)" } ?? "" },
            write: { text, settings in
                settings.services.priority = Int(text)
                guard !text.isEmpty, settings.services.priority.map({ (-9...9).contains($0) }) != true else {
                    return nil
                }
                return "a number from -9 to 9"
            }),
        OptionField(
            "hold", on: .service,
            hint: "kept back: seconds, or until 2026-11-22T09:00:00Z (RFC 4865)",
            read: {
                switch $0.services.hold {
                case .seconds(let count): "\(count)"
                case .until(let date): date
                case nil: ""
                }
            },
            write: { text, settings in
                settings.services.hold = nil
                if text.isEmpty { return nil }
                if let count = Int(text) {
                    guard (1...999_999_999).contains(count) else { return "from 1 to 999999999 seconds" }
                    settings.services.hold = .seconds(count)
                } else {
                    guard ServiceDemands.Hold.isDateTime(text) else {
                        return "seconds, or a time like 2026-11-22T09:00:00Z"
                    }
                    settings.services.hold = .until(text)
                }
                return nil
            }),
        flag(
            "ignore limits", on: .service, hint: "go beyond the limits that the server names with LIMITS (RFC 9422)",
            \.services.ignoresLimits),
    ]
}
