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
    /// What S sends.
    public var message = TestMessage(body: "This is a test message, sent with Porthole.\n")
    public var deadlines = ReplyDeadlines()
    /// Where a run stops by itself: CONNECT to RCPT.
    public var stopAfter = SessionStage.recipient
    /// Where the connection is dropped in place of what would come next.
    public var dropsAfter = DropPoint.never
    /// The connection is dropped as soon as the command of this stage is out.
    public var dropsBeforeReply: SessionStage?
    /// The session ends after this time, wherever it is.
    public var maximumTime: Duration?
    /// How many messages S sends.
    public var messages = 1
    public var authentication: AuthenticationPlan?
    public var security = TLSDemands()
    public var mail = MailDemands()
    public var services = ServiceDemands()
    public var connection = ConnectionDemands()
    public var isLMTP = false
    public var pipelines = false
    public var greeting = SessionPlan.Greeting.extended
    /// EHLO once more after AUTH.
    public var greetsAgain = false
    /// The attributes of each XCLIENT, in their order.
    public var clientAttributes: [String] = []
    public var introducesBeforeTLS = false
    /// The attributes of an XFORWARD; `nil` for none.
    public var forwardAttributes: String?
    /// What the server is asked before MAIL.
    public var probes: [ServerProbe] = []
    public var burst = BurstSettings()
    /// The format that logs are read in; `nil` to tell it by their lines.
    public var logFormat: String?
    /// Nothing is ever sent past RCPT, and the dialog that would allow it is not offered.
    public var isReadOnly = false
    public var language = Language.english
    public var themeName = "porthole-dark"
    public var themeNames: [String] = []
    /// The theme's signs and borders: the frame is drawn with them.
    public var glyphs = Theme.Glyphs()
    /// As configured: shown, so that it is plain who is asked.
    public var resolverName = ""
    /// Why that is not what the system is told to use, as a sentence.
    public var resolverFault: String?
    /// Given by the shell at random, for the names of what privacy hides.
    public var maskSalt: UInt64 = 0
    /// The title has a clock while a session is open; without it a screen on which nothing happens sends nothing.
    public var showsClock = true
    /// Keys that mean something else than the table says.
    public var keyChanges: [KeyChange] = []
    /// True for the built-in gateway: the title says so.
    public var isDemo = false

    public init() {}

    /// Whether a session begins with a question: no secret is kept from one to the next.
    var wantsPassword: Bool { authentication != nil || connection.proxy?.user != nil }

    /// The plan of a new session, or `nil` without a target.
    public var plan: SessionPlan? {
        guard let target else { return nil }
        var recipients = recipients
        if recipients.isEmpty, let mailbox = target.recipient { recipients = [Recipient(mailbox.description)] }
        var plan = SessionPlan(
            target: target, helloName: helloName, reversePath: reversePath, recipients: recipients, tls: tls,
            stopAfter: dropsAfter == .data ? .data : stopAfter, message: message, deadlines: deadlines)
        (plan.authentication, plan.security, plan.mail) = (authentication, security, mail)
        (plan.connection, plan.isLMTP, plan.pipelines) = (connection, isLMTP, pipelines)
        (plan.clientAttributes, plan.forwardAttributes, plan.messages) = (clientAttributes, forwardAttributes, messages)
        plan.introducesBeforeTLS = introducesBeforeTLS
        (plan.greeting, plan.greetsAgain, plan.probes) = (greeting, greetsAgain, probes)
        (plan.services, plan.maximumTime) = (services, maximumTime)
        (plan.dropsAtEnd, plan.dropsBeforeReply) = (dropsAfter != .never, dropsBeforeReply)
        return plan
    }

    /// Takes over what a plan says beside its target and envelope.
    public mutating func take(_ plan: SessionPlan) {
        (authentication, security, mail) = (plan.authentication, plan.security, plan.mail)
        (connection, isLMTP, pipelines) = (plan.connection, plan.isLMTP, plan.pipelines)
        (clientAttributes, forwardAttributes) = (plan.clientAttributes, plan.forwardAttributes)
        introducesBeforeTLS = plan.introducesBeforeTLS
        (greeting, greetsAgain, probes) = (plan.greeting, plan.greetsAgain, plan.probes)
        (services, deadlines, recipients) = (plan.services, plan.deadlines, plan.recipients)
    }
}
