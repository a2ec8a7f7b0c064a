import Canvas
import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

/// The whole program state: one value, one owner. Engines post facts, the reducer decides, panes only read.
public struct Dashboard: Sendable {
    public var incident = Incident()
    public var settings: Settings
    public var size: Size
    /// Since the program's start.
    public var now = Duration.zero

    public var focus = PaneID.session
    public var isZoomed = false
    public var layoutChoice: LayoutChoice?
    /// The pane in the lower half of the narrow layout.
    public var secondary = PaneID.explanation
    public var panes: [PaneID: PaneState] = [:]
    /// Panes where something new happened out of sight, with how much.
    public var badges: [PaneID: Int] = [:]

    public var prompt: Prompt?
    public var notice: Notice?
    public var catalogue: ReplyCatalogue?
    /// The interface in languages other than English.
    public var words: InterfaceWords
    /// What the explanation panel was told to explain; `nil`: whatever is newest.
    public var explained: ExplanationSubject?
    /// Speaks the language that is not the set one.
    public var showsOtherLanguage = false
    public var walkthrough: Walkthrough?
    /// True while the cursor walks the transcript's lines, not the steps.
    public var isReadingTranscript = false
    public var showsRawBytes = false

    public var logFilter = LogFilter.all
    /// The path that was asked for, also while it cannot be read.
    public var logPath: String?
    /// The lines of the filter's connection or message; kept here because the log is asked once a change, not once a row.
    public internal(set) var markedLines: Set<Int> = []  // ordinals
    /// The accepted message that the log pane has already turned to.
    var turnedTo: TraceKey?
    /// Lines typed to the server and to `:`, for recall.
    var smtpHistory: [String] = []
    var paletteHistory: [String] = []
    /// When the current session was started, in program time.
    var sessionBegan = Duration.zero
    /// When Ctrl-C was pressed with nothing to cancel.
    var interruptedAt: Duration?

    /// - Parameter words: The interface's own words in other languages; without them it speaks English.
    public init(settings: Settings, size: Size, words: InterfaceWords = InterfaceWords()) {
        (self.settings, self.size, self.words) = (settings, size, words)
    }

    public var layout: Layout { Layout.arrange(size: size, zoomed: isZoomed, choice: layoutChoice) }

    /// The explanation's subject as it stands: the chosen one, or the newest telling event.
    public var subject: ExplanationSubject? {
        if let explained { return explained }
        guard let index = incident.sessions.indices.last, let event = incident.sessions[index].tellingEvent else {
            return nil
        }
        return .event(session: index, event: event)
    }

    /// What the panel explains, worked out anew each time: nothing is stored.
    public var explanation: (query: ReplyQuery, explanation: ReplyExplanation)? {
        guard let catalogue, let subject, let query = incident.query(for: subject) else { return nil }
        return (query, catalogue.explain(query, in: shownLanguage))
    }

    /// The language of the interface and the explanation: the set one, or on a key the other.
    var shownLanguage: Language {
        guard showsOtherLanguage else { return settings.language }
        return settings.language == .english ? .japanese : .english
    }

    /// When the clock on the screen has to move next, from now; `nil` when nothing on it depends on time.
    public var nextTick: Duration? {
        if case .confirmSending(let armedAt) = prompt, armedAt > now { return armedAt - now }
        let isWaiting = incident.session?.isOpen == true || isMessagePending
        return isWaiting ? .seconds(1) : nil
    }

    /// The message that the server took has not come to an end in the log yet.
    var isMessagePending: Bool {
        guard incident.acceptedMessage != nil, incident.log != nil else { return false }
        return incident.messageInLog.map { $0.outcome == .pending } ?? true
    }

    func pane(_ id: PaneID) -> PaneState { panes[id] ?? PaneState() }
}
