import MailVocabulary
import SMTP

/// One address of one host that is asked the same as the others.
public struct SurveyProbe: Hashable, Sendable {
    /// Outside text.
    public var host: String
    public var address: IPAddress

    public init(host: String, address: IPAddress) { (self.host, self.address) = (host, address) }

    /// `mx1.example.test [192.0.2.25]`.
    public var name: String { host == address.description ? host : "\(host) [\(address)]" }
}

/// What happens while every mail exchanger is asked the same.
public enum SurveyEvent: Hashable, Sendable {
    /// Whom it will be: `exchangers` lists `10 mx1.example.test` when MX records were walked.
    case found(exchangers: [String], probes: [SurveyProbe])
    /// There is nobody to ask: one sentence.
    case failed(String)
    /// The session of a probe was started, with the plan as it was completed.
    case began(probe: Int, SessionPlan)
    case happened(probe: Int, SessionEvent)
}
