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

    /// When each question was answered, in program time: from there its records grow old.
    var answeredAt: [DNSQuestion: Duration] = [:]
    /// The resolver beside which ours is put.
    public internal(set) var beside: ResolverBeside?
    /// Who sent mail of the domain by the log, once that was asked.
    public internal(set) var senders: LoggedSenders?

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
    /// The logs that are followed, in the order in which they were asked for.
    public internal(set) var logs: [FollowedLog] = []
    /// The place in `logs` of the one in view.
    public internal(set) var logInView = 0
    /// What a whole log was asked last.
    public internal(set) var asked: AskedLog?
    /// The lines of the filter's connection or message; kept here because the log is asked once a change, not once a row.
    public internal(set) var markedLines: Set<Int> = []  // ordinals
    /// The accepted message that the log pane has already turned to.
    var turnedTo: TraceKey?
    /// What the log in view says of its last minutes; `nil` until somebody asks.
    public internal(set) var logReading: LogReading?
    /// The finding whose evidence was shown last.
    var findingInView: OverviewFinding?
    /// What was found out about the surroundings; empty until `:checkhealth` asked.
    public internal(set) var health: [HealthFact] = []
    /// What was wrong in the configuration file, a sentence each.
    public var configurationFaults: [String] = []
    /// Where the configuration was read from; empty when there is none.
    public var configurationPath = ""
    /// The look at every pane that is under way.
    public internal(set) var tour: Tour?
    /// The terminal reports mouse presses.
    public internal(set) var usesMouse = false
    /// Lines typed to the server and to `:`, for recall.
    var smtpHistory: [String] = []
    var paletteHistory: [String] = []
    /// When each session was started, in program time.
    var beginnings: [Int: Duration] = [:]
    /// Local parts and IP addresses are hidden, on the screen and in reports.
    public internal(set) var isPrivate = false
    /// The rehearsal that is repeated.
    public internal(set) var repetition: Repetition?
    /// The run that waits for its time.
    public internal(set) var retryTimer: RetryTimer?
    /// The program is to go on with the built-in gateway when this dashboard has ended.
    public internal(set) var wantsDemo = false
    /// Sessions that only play a saved one, by index: nobody is there to be ordered about.
    var replays: Set<Int> = []
    /// Sessions that were read from files: nothing of them is connected.
    var reopened: Set<Int> = []
    /// The mail exchangers side by side.
    public internal(set) var survey: Survey?
    /// The burst that is under way, or was the last.
    public internal(set) var burst: Burst?
    /// When Ctrl-C was pressed with nothing to cancel.
    var interruptedAt: Duration?

    /// - Parameter words: The interface's own words in other languages; without them it speaks English.
    public init(settings: Settings, size: Size, words: InterfaceWords = InterfaceWords()) {
        (self.settings, self.size, self.words) = (settings, size, words)
    }

    public var layout: Layout {
        Layout.arrange(size: size, zoomed: isZoomed, choice: layoutChoice, hasLog: !logs.isEmpty || incident.log != nil)
    }

    /// The explanation's subject as it stands: the chosen one, or the newest telling event.
    public var subject: ExplanationSubject? {
        if let explained { return explained }
        guard let index = incident.current, let event = incident.sessions[index].tellingEvent else { return nil }
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
        guard let tour else { return nextTickOfScreen }
        return min(max(.zero, tour.next - now), nextTickOfScreen ?? tour.next)
    }

    private var nextTickOfScreen: Duration? {
        switch prompt {
        case .confirmSending(let armedAt), .confirmLogin(_, let armedAt), .confirmBurst(let armedAt):
            if armedAt > now { return armedAt - now }
        case .sheet(.overview, _):
            if let reading = nextLogReading { return min(reading, .seconds(1)) }
        case .smtp, .palette, .search, .filter, .options, .password, .proxyPassword, .matrix, .burst, .confirmName,
            .logs, .asked, .report, .saved, .comparison, .deviations, .start, .confirmQuit, .help, .sheet, nil:
            break
        }
        let isWaiting = incident.session?.isOpen == true || isMessagePending || retryTimer != nil
        let clock: Duration? = !settings.showsClock ? nil : isWaiting ? .seconds(1) : recordsGrowOld
        guard mayRepeat, let due = [repetition?.next, retryTimer?.due].compactMap(\.self).min() else { return clock }
        return min(clock ?? .seconds(3600), max(.zero, due - now))
    }

    /// The message that the server took has not come to an end in the log yet.
    var isMessagePending: Bool {
        guard incident.acceptedMessage != nil, incident.log != nil else { return false }
        return incident.messageInLog.map { $0.outcome == .pending } ?? true
    }

    /// When the session in view was started, in program time.
    var sessionBegan: Duration { incident.current.flatMap { beginnings[$0] } ?? .zero }

    func pane(_ id: PaneID) -> PaneState { panes[id] ?? PaneState() }
}
