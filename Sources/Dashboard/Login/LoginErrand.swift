import SMTP
import Triage

/// What is begun once a login has all that it needs.
public enum LoginErrand: Hashable, Sendable {
    /// A session, run up to a stage; `nil` only connects.
    case session(upTo: SessionStage?)
    /// A second attempt of a walkthrough.
    case probe(Probe)
    /// The same probe of every mail exchanger.
    case survey
    /// A burst that the operator has said yes to.
    case burst
}
