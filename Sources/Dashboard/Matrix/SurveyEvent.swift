import SMTP

/// What happens while every mail exchanger is asked the same.
public enum SurveyEvent: Hashable, Sendable {
    /// Whom it will be: the first `SurveyProbe.most` of `SurveyProbe.all(of:for:)`.
    case found(Resolution)
    /// There is nobody to ask: one sentence.
    case failed(String)
    /// The session of a probe was started, with the plan as it was completed.
    case began(probe: Int, SessionPlan)
    case happened(probe: Int, SessionEvent)
}
