import SMTP

/// How the gateway behaves to everybody; what single recipients meet is in `RecipientFate`.
public struct LabBehaviour: Hashable, Sendable {
    /// The sender group that connections fall into, as the host access table of an ESA has it.
    public enum SenderGroup: String, CaseIterable, Hashable, Sendable {
        /// Accepts mail for our own domains.
        case accept
        /// Accepts mail for every domain.
        case relay
        /// Refuses the connection with 554.
        case reject
    }

    /// Whose words it speaks.
    public var persona = Persona.esa
    /// In the banner and the EHLO reply.
    public var hostName = "mx1.example.test"
    /// The same on the gateway's second address.
    public var secondHostName = "mx2.example.test"
    /// Recipients in other domains are refused: relaying denied.
    public var domains = ["example.test"]
    /// What the host access table makes of every client.
    public var senderGroup = SenderGroup.accept
    /// Bytes, RFC 1870.
    public var size = 33_554_432
    /// STARTTLS in the EHLO list; without it AUTH is not available either.
    public var offersTLS = true
    /// MAIL is refused with 530 before STARTTLS.
    public var requiresTLS = false
    /// How long a greylisted recipient has to wait.
    public var greylistWait = Duration.seconds(10)
    /// How late the reply to a `slow` recipient is.
    public var slowWait = Duration.seconds(3)
    /// Idle connections are closed after this.
    public var idleLimit = Duration.seconds(300)
    /// Of one message; one more gets 452.
    public var maximumRecipients = 50
    /// Connections at one time; one more gets 421.
    public var maximumConnections = 100
    /// Wrong commands until 421.
    public var maximumBadCommands = 10
    /// Bytes of a command line with its end; RFC 5321 §4.5.3.1.4 asks for 512 at least.
    public var commandLineLimit = 1024
    /// What AUTH takes, under TLS only; EXTERNAL of a client that has shown a certificate.
    public var mechanisms = [
        SASLMechanism.plain, .login, .cramMD5, .scramSHA1, .scramSHA256, .scramSHA1Plus, .scramSHA256Plus, .xoauth2,
        .oauthBearer, .external,
    ]
    /// For AUTH with a password.
    public var user = "probe"
    /// What goes with `user`.
    public var password = "lab"
    /// For AUTH with OAuth: the bearer token of `user`.
    public var token = "lab-token"
    /// SCRAM's final message carries a wrong signature, as of a server that does not know the password.
    public var forgesServerSignature = false
    /// Every reply line ends in control sequences, to see that no terminal obeys them.
    public var isHostile = false
    /// The first rule that applies wins.
    public var rules: [ReplyRule] = []

    /// An ESA that accepts mail for its domain.
    public init() {}
}
