import Canvas
import MailVocabulary
import SMTP

/// The form behind `e`: who sends what to whom, through which server.
public struct EnvelopeForm: Hashable, Sendable {
    /// The fields in order; the raw value is the label.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case target = "server or user@domain"
        case from = "from"
        case to = "to"
        case hello = "helo"
        case notify = "notify"
        case tls = "tls"
        case subject = "subject"

        var hint: Phrase {
            switch self {
            case .target: "host, host:port, [v6]:port, smtps://host, user@domain"
            case .from: "empty: the null reverse-path <>"
            case .to: "several: separated by blanks"
            case .hello: "the name after EHLO"
            case .notify: "empty, or SUCCESS,FAILURE,DELAY or NEVER"
            case .tls: "offered, required or never"
            case .subject: "of the test message"
            }
        }
    }

    public var editors: [Field: LineEditor]
    public var field = Field.target
    /// What is wrong with the values, by field: a sentence each.
    public var faults: [Field: String] = [:]

    public init(_ settings: Settings, targetText: String) {
        editors = [
            .target: LineEditor(targetText), .from: LineEditor(settings.reversePath),
            .to: LineEditor(settings.recipients.map(\.forwardPath).joined(separator: " ")),
            .hello: LineEditor(settings.helloName),
            .notify: LineEditor(settings.recipients.first?.notify.map(\.rawValue).joined(separator: ",") ?? ""),
            .tls: LineEditor(settings.tls.rawValue), .subject: LineEditor(settings.subject),
        ]
    }

    /// Puts the values into `settings`, or keeps what is wrong in `faults`.
    /// - Returns: false when a value is not usable; `settings` is then unchanged.
    mutating func apply(to settings: inout Settings) -> Bool {
        faults = [:]
        var new = settings
        do throws(TargetFault) { new.target = try SessionTarget(parsing: value(.target)) } catch {
            faults[.target] = error.description
        }
        if let fault = EnvelopeFault.inPath(value(.from)) {
            faults[.from] = fault
        } else {
            new.reversePath = value(.from)
        }
        if let fault = EnvelopeFault.inHelloName(value(.hello)) {
            faults[.hello] = fault
        } else {
            new.helloName = value(.hello)
        }
        var notify: [Recipient.Notify] = []
        for word in value(.notify).split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let known = Recipient.Notify(rawValue: word.uppercased()) else {
                faults[.notify] = "\(word) is not one of NEVER, SUCCESS, FAILURE, DELAY"
                continue
            }
            notify.append(known)
        }
        if notify.contains(.never), notify.count > 1 { faults[.notify] = "NEVER stands alone (RFC 3461 §4.1)" }
        new.recipients = []
        for word in value(.to).split(separator: " ") {
            if let fault = EnvelopeFault.inPath(String(word)) { faults[.to] = fault }
            new.recipients.append(Recipient(String(word), notify: notify))
        }
        if let policy = SessionPlan.TLSPolicy(rawValue: value(.tls)) {
            new.tls = policy
        } else {
            faults[.tls] = "offered, required or never"
        }
        new.subject = value(.subject)
        guard faults.isEmpty else { return false }
        settings = new
        return true
    }

    private func value(_ field: Field) -> String { editors[field]?.line ?? "" }
}
