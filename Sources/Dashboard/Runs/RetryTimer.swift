import MailVocabulary
import Triage

/// One more run of the same rehearsal, by itself, when the wait that an explanation names is over.
///
/// A retry that comes too early is refused again, and with greylisting may begin the wait anew.
public struct RetryTimer: Hashable, Sendable {
    /// When the run is due, in program time.
    public internal(set) var due: Duration

    /// The reply's own wait and a second more, or the shortest that the explanation recommends.
    static func wait(_ explanation: ReplyExplanation, minutes: [Int]) -> Duration {
        if let seconds = explanation.statedWait, (1...86_400).contains(seconds) {
            return .seconds(seconds + 1)
        }
        return .seconds(60 * min(1440, max(1, minutes.first ?? 1)))
    }

    /// `0:11`, `14:59`, `4:00:00`: whole seconds, the last of which is not yet over.
    static func clock(_ left: Duration) -> String {
        let seconds = max(0, Int((left + .milliseconds(999)).components.seconds))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (minutes, rest) = (seconds / 60 % 60, two(seconds % 60))
        return seconds < 3600 ? "\(minutes):\(rest)" : "\(seconds / 3600):\(two(minutes)):\(rest)"
    }
}

/// `p` on a step that says when to come back.
extension Dashboard {
    /// Waits, then begins the rehearsal again. Asked once more while it waits: at once.
    mutating func retry(after wait: Duration) -> [Effect] {
        guard retryTimer == nil, settings.plan != nil, !settings.wantsPassword else {
            return startSession(upTo: settings.stopAfter)
        }
        // What is repeated anyway needs no timer.
        guard repetition == nil else {
            notice = Notice("repeated anyway, every \(repetition?.every.brief ?? "")")
            return []
        }
        retryTimer = RetryTimer(due: now + wait)
        notice = Notice(
            "the same again by itself in \(RetryTimer.clock(wait)); p again: at once; :every off: not at all")
        return []
    }

    /// Begins the run that is due, unless something is being typed, asked or waited for: a new run ends the one before it.
    mutating func retryWhenDue() -> [Effect] {
        guard let due = retryTimer?.due, now >= due, mayRepeat else { return [] }
        guard !isSessionWaiting else {
            retryTimer?.due = now + .seconds(1)
            return []
        }
        retryTimer = nil
        guard !settings.wantsPassword else {
            notice = Notice("the wait is over: r asks for the password and runs again")
            return []
        }
        return startSession(upTo: settings.stopAfter)
    }
}
