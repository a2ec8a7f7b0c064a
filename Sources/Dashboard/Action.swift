import Canvas
import DNS
import MailLog
import SMTP
import Triage

/// Something that happened: the only way into the state. Facts in the past tense, posted by the engines and the keyboard.
public enum Action: Sendable {
    case pressed(Key)
    case resized(Size)
    /// Time has passed; `now` is since the program's start.
    case ticked(now: Duration)
    /// A session was started by an effect, with the plan as it was completed (date, Message-ID).
    case began(session: Int, SessionPlan)
    case happened(session: Int, SessionEvent)
    case answered(DNSSubject, DNSAnswer)
    case fetched(DNSSubject, PolicyFetch)
    /// By another resolver, named as it was typed.
    case answeredBeside(server: String, DNSAnswer)
    /// An internationalized name, as typed, and as the DNS has it.
    case spelled(String, ascii: String)
    /// Of the survey with that number.
    case surveyed(number: Int, SurveyEvent)
    /// Of the burst with that number.
    case burst(number: Int, BurstEvent)
    /// Of the log with that id.
    case followed(source: Int, LogSourceEvent)
    /// The logs that a pattern names.
    case foundLogs([String])
    /// Of the question to a whole log with that number.
    case asked(number: Int, LogAnswerEvent)
    case bounced(Bounce)
    /// The saved sessions, newest first.
    case listed([SavedSession])
    case reopened(SessionRecord, name: String, ReopenPurpose)
    case learned(ReplyCatalogue)
    /// Another theme is in use; the frame is drawn with its signs.
    case themed(name: String, Theme.Glyphs)
    /// The file of the theme in use is not as it was; the program reads it again.
    case themeChanged(String)
    /// What was found out about the surroundings.
    case examined([HealthFact])
    /// An effect came to an end that the operator should hear of: one sentence.
    case reported(String)
    /// An effect failed: one sentence, what, where, what to do.
    case failed(String)
}
