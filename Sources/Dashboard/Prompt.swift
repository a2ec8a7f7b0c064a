import Canvas
import MailVocabulary

/// Something that has the keyboard while it is open.
public enum Prompt: Hashable, Sendable {
    /// The session's command line: what is typed goes to the server exactly as it is.
    case smtp(LineEditor)
    /// `:` commands.
    case palette(LineEditor)
    case search(LineEditor, PaneID)
    /// With the filter from before, for Esc.
    case filter(LineEditor, before: LogFilter)
    /// The envelope and the target.
    case envelope(EnvelopeForm)
    /// The list of the first start.
    case start(StartForm)
    /// Really send? Keys are ignored until `armedAt`, so that a key typed ahead cannot say yes.
    case confirmSending(armedAt: Duration)
    case confirmQuit
    case help(offset: Int)
}

/// The first start: six questions and a line for the target.
public struct StartForm: Hashable, Sendable {
    /// 0 to 5.
    public var choice = 1
    public var editor: LineEditor

    public init(editor: LineEditor = LineEditor()) { self.editor = editor }

    static let choices: [(question: Phrase, answer: Phrase)] = [
        ("Why does mail to a domain fail?", "guided, about 2 minutes"),
        ("Test one SMTP server", "connect, TLS, MAIL, RCPT, stop"),
        ("Look at MX, A, PTR, SPF of a domain", "DNS only, no SMTP connection"),
        ("Watch a gateway log", "follow a file, trace a message"),
        ("Explain a reply I already have", "paste \"550 5.7.1 ...\""),
        ("Try it offline", "quit and run: porthole demo"),
    ]
}
