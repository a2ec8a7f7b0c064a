import MailVocabulary

/// How far a session is to go by itself and with what envelope. The default stops after RCPT: nothing is sent unasked.
public struct SessionPlan: Hashable, Sendable {
    public enum TLSPolicy: String, Hashable, Sendable, CaseIterable {
        /// STARTTLS when the server offers it; go on in the clear, visibly, when it does not.
        case offered
        /// Stop when the server does not offer STARTTLS or the handshake fails.
        case required
        case never
    }

    /// With which verb the client introduces itself, RFC 5321 §4.1.1.1.
    public enum Greeting: String, Hashable, Sendable, CaseIterable {
        /// EHLO; a refusal ends the run.
        case extended = "ehlo"
        /// HELO, and no extension.
        case plain = "helo"
        /// EHLO, and HELO when that is refused for good.
        case either
    }

    public var target: SessionTarget
    /// The argument of EHLO, RFC 5321 §4.1.1.1.
    public var helloName: String
    /// Without angle brackets; empty for the null reverse-path.
    public var reversePath: String
    public var recipients: [Recipient]
    public var tls: TLSPolicy
    /// The last stage that is done unasked. QUIT is said after it only by `SessionOrder.quit` or a headless run.
    public var stopAfter: SessionStage
    public var message: TestMessage
    public var deadlines: ReplyDeadlines
    /// AUTH before MAIL; `nil` for none. The secret is in `Credentials`.
    public var authentication: AuthenticationPlan?
    public var security = TLSDemands()
    public var mail = MailDemands()
    public var connection = ConnectionDemands()
    /// LHLO, and after the final dot a reply for each accepted recipient, RFC 2033.
    public var isLMTP = false
    /// MAIL, every RCPT and DATA go out together where the server offers PIPELINING, RFC 2920.
    public var pipelines = false
    /// The attributes of each XCLIENT before AUTH and MAIL, `NAME=client.example ADDR=192.0.2.1`, in their order.
    public var clientAttributes: [String] = []
    /// XCLIENT is said before STARTTLS.
    public var introducesBeforeTLS = false
    /// A run ends without QUIT: the connection is dropped after the last stage.
    public var dropsAtEnd = false
    /// The connection is dropped as soon as the command of this stage is out, before its reply can be read.
    public var dropsBeforeReply: SessionStage?
    /// The session ends after this time, wherever it is.
    public var maximumTime: Duration?
    public var greeting = Greeting.extended
    /// EHLO once more after AUTH, to see how the list changes.
    public var greetsAgain = false
    /// What the server is asked before MAIL.
    public var probes: [ServerProbe] = []
    /// The attributes of an XFORWARD before MAIL, `NAME=client.example ADDR=192.0.2.1`; `nil` for none.
    public var forwardAttributes: String?
    public var services = ServiceDemands()
    /// How many times a run sends its message, one after another on the same connection.
    public var messages = 1

    public init(
        target: SessionTarget, helloName: String, reversePath: String, recipients: [Recipient],
        tls: TLSPolicy = .offered, stopAfter: SessionStage = .recipient, message: TestMessage = TestMessage(),
        deadlines: ReplyDeadlines = ReplyDeadlines()
    ) {
        (self.target, self.helloName, self.reversePath) = (target, helloName, reversePath)
        (self.recipients, self.tls, self.stopAfter) = (recipients, tls, stopAfter)
        (self.message, self.deadlines) = (message, deadlines)
    }
}

/// A forward-path and what the server is asked to report about it, RFC 3461 §4.1.
public struct Recipient: Hashable, Sendable {
    public enum Notify: String, Hashable, Sendable, CaseIterable {
        case never = "NEVER"
        case success = "SUCCESS"
        case failure = "FAILURE"
        case delay = "DELAY"
    }

    /// Without angle brackets.
    public var forwardPath: String
    /// Empty: no NOTIFY parameter is sent.
    public var notify: [Notify]
    /// ORCPT, RFC 3461 §4.2: an address type, a semicolon and the address, which is not yet encoded.
    public var original: String?
    /// Sent as they are, whatever the server offers.
    public var byHand: [String] = []

    public init(_ forwardPath: String, notify: [Notify] = []) {
        (self.forwardPath, self.notify) = (forwardPath, notify)
    }
}
