import Canvas
import MailVocabulary
import SMTP

/// Something that has the keyboard while it is open.
public enum Prompt: Hashable, Sendable {
    /// The session's command line: what is typed goes to the server exactly as it is.
    case smtp(LineEditor)
    /// `:` commands.
    case palette(LineEditor)
    /// With the place from before, for Esc.
    case search(LineEditor, PaneID, before: PaneState)
    /// With the filter from before, for Esc.
    case filter(LineEditor, before: LogFilter)
    /// Everything that a session's plan can hold.
    case options(OptionsForm)
    /// The secret of a login, and what is begun when it is known.
    case password(SecretEditor, LoginErrand)
    /// The secret of the proxy's user, and that of the login, which was asked for before.
    case proxyPassword(SecretEditor, LoginErrand, login: Secret?)
    /// Send a secret where others could read it? Keys are ignored until `armedAt`.
    case confirmLogin(LoginErrand, armedAt: Duration)
    /// Every mail exchanger side by side.
    case matrix(ListView)
    /// The logs that are followed.
    case logs(ListView)
    /// What a whole log answers.
    case asked(AskedView)
    case report(ReportForm)
    /// A list that fills the screen.
    case sheet(SheetID, ListView)
    case saved(SavedList)
    /// Two sessions of this incident, by index.
    case comparison(ListView, Int, Int)
    /// What the session in view does against the protocol.
    case deviations(ListView)
    /// The list of the first start.
    case start(StartForm)
    case burst(ListView)
    /// Really send a burst? Keys are ignored until `armedAt`.
    case confirmBurst(armedAt: Duration)
    /// Only whoever types the host's name may do this.
    case confirmName(LineEditor, NamedDeed)
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

    /// Once a question was chosen, every letter and digit belongs to the line.
    var hasChosen = false

    public init(editor: LineEditor = LineEditor()) { self.editor = editor }

    var takesKeys: Bool { editor.isEmpty && !hasChosen }

    /// A bare name where a domain is asked for: `@example.org`, whose exchangers are looked up. An address, an IP address or
    /// what has a scheme stays as it is.
    static func domain(in text: String) -> String {
        let host = text.split(separator: ":").first.map(String.init) ?? text
        let isName = !text.contains("@") && !text.contains("/") && !text.hasPrefix("[") && IPAddress(text) == nil
        return isName && IPAddress(host) == nil && host.contains(".") ? "@\(text)" : text
    }

    static let choices: [(question: Phrase, answer: Phrase)] = [
        ("Why does mail to a domain fail?", "guided, about 2 minutes"),
        ("Test one SMTP server", "connect, TLS, MAIL, RCPT, stop"),
        ("Look at MX, A, PTR, SPF of a domain", "DNS only, no SMTP connection"),
        ("Watch a gateway log", "follow a file, trace a message"),
        ("Explain a reply I already have", "paste \"550 5.7.1 ...\""),
        ("Try it offline", "built-in gateway, DNS and log"),
    ]
}
