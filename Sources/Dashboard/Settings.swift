import Canvas
import MailVocabulary
import SMTP
import Triage

/// What the operator has set: what a session is to do, and the way things are shown. A plan is made of it for each session.
public struct Settings: Hashable, Sendable {
    public var target: SessionTarget?
    public var helloName = "localhost"
    /// Without angle brackets; empty for the null reverse-path.
    public var reversePath = ""
    public var recipients: [Recipient] = []
    public var tls = SessionPlan.TLSPolicy.offered
    public var subject = "Porthole test"
    public var body = "This is a test message, sent with Porthole.\n"
    public var deadlines = ReplyDeadlines()
    /// Where a run stops by itself: CONNECT to RCPT.
    public var stopAfter = SessionStage.recipient
    /// How many messages S sends.
    public var messages = 1
    public var authentication: AuthenticationPlan?
    public var security = TLSDemands()
    public var mail = MailDemands()
    public var connection = ConnectionDemands()
    public var isLMTP = false
    public var pipelines = false
    /// The attributes of an XCLIENT; `nil` for none.
    public var clientAttributes: String?
    /// Nothing is ever sent past RCPT, and the dialog that would allow it is not offered.
    public var isReadOnly = false
    public var language = Language.english
    public var themeName = "porthole-dark"
    public var themeNames: [String] = []
    /// The theme's signs and borders: the frame is drawn with them.
    public var glyphs = Theme.Glyphs()
    /// As configured: shown, so that it is plain who is asked.
    public var resolverName = ""
    /// Given by the shell at random, for the names of what privacy hides.
    public var maskSalt: UInt64 = 0
    /// The title has a clock while a session is open; without it a screen on which nothing happens sends nothing.
    public var showsClock = true
    /// Keys that mean something else than the table says.
    public var keyChanges: [KeyChange] = []
    /// True for the built-in gateway: the title says so.
    public var isDemo = false

    public init() {}

    /// The plan of a new session, or `nil` without a target.
    public var plan: SessionPlan? {
        guard let target else { return nil }
        var recipients = recipients
        if recipients.isEmpty, let mailbox = target.recipient { recipients = [Recipient(mailbox.description)] }
        var plan = SessionPlan(
            target: target, helloName: helloName, reversePath: reversePath, recipients: recipients, tls: tls,
            stopAfter: stopAfter, message: TestMessage(subject: subject, body: body), deadlines: deadlines)
        (plan.authentication, plan.security, plan.mail) = (authentication, security, mail)
        (plan.connection, plan.isLMTP, plan.pipelines) = (connection, isLMTP, pipelines)
        (plan.clientAttributes, plan.messages) = (clientAttributes, messages)
        return plan
    }
}
