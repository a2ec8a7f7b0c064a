import Canvas
import MailVocabulary
import SMTP
import Triage

/// A rehearsal that is repeated, to see when its outcome changes.
public struct Repetition: Hashable, Sendable {
    /// More often than this is no probe any more.
    public static let shortest = Duration.seconds(5)

    public let every: Duration
    /// When the next run is due, in program time.
    public internal(set) var next: Duration
    /// Index of the run that was looked at last.
    public internal(set) var concluded: Int?
    public internal(set) var changes = 0

    /// `30s`, `5m`, `90`; at most a day.
    public static func duration(_ text: String) -> Duration? {
        let unit = text.last == "m" ? 60 : 1
        let digits = text.last == "m" || text.last == "s" ? text.dropLast() : Substring(text)
        guard let number = Int(digits), (1...86_400).contains(number) else { return nil }
        return .seconds(number * unit)
    }
}

/// `:every 30s`.
extension Dashboard {
    /// Begins a rehearsal now, and again so often; `off` ends it. What cannot be is said in the notice.
    public mutating func repeatEvery(_ text: String) -> [Effect] {
        if text == "off" || text.isEmpty {
            let isNone = repetition == nil && retryTimer == nil
            notice = Notice(isNone ? "nothing is repeated: :every 30s" : "no longer repeated")
            (repetition, retryTimer) = (nil, nil)
            return []
        }
        guard let every = Repetition.duration(text), every >= Repetition.shortest else {
            notice = Notice("how often? :every 30s, :every 5m, at least 5 s; :every off", .bad)
            return []
        }
        guard !settings.wantsPassword else {
            notice = Notice("a login is not repeated: its password is asked for each time", .bad)
            return []
        }
        guard settings.plan != nil else {
            notice = Notice("no server yet: e or :connect", .bad)
            return []
        }
        repetition = Repetition(every: every, next: now)
        return repeatProbe()
    }

    /// Begins the next run when it is due, and nothing else is going on.
    mutating func repeatProbe() -> [Effect] {
        guard let repetition, now >= repetition.next, mayRepeat else { return [] }
        guard !settings.wantsPassword else {
            self.repetition = nil
            notice = Notice("a login is not repeated: its password is asked for each time", .bad)
            return []
        }
        guard !isSessionWaiting else {
            self.repetition?.next = now + .seconds(1)
            return []
        }
        self.repetition?.next = now + repetition.every
        return startSession(upTo: settings.stopAfter)
    }

    /// The server has something to say yet.
    var isSessionWaiting: Bool { incident.session?.isWaiting == true && incident.session?.closed == nil }

    /// Nothing is being asked or typed: the live triage may be open.
    var mayRepeat: Bool {
        if case .sheet(.overview, _) = prompt { true } else { prompt == nil }
    }

    /// The newest run has come as far as it goes: says QUIT, and what is not as it was in the run before.
    mutating func concludeRun(_ index: Int) -> [Effect] {
        guard let repetition, index == incident.sessions.count - 1, repetition.concluded != index else { return [] }
        let session = incident.sessions[index]
        let isRefused = session.decidingRefusal != nil && !session.isWaiting
        switch session.suggestion?.stage {
        case .data?, .endOfData?, .quit?: break
        case _: guard session.closed != nil || isRefused else { return [] }
        }
        self.repetition?.concluded = index
        if let before = repetition.concluded, incident.sessions.indices.contains(before) {
            tellChange(from: before, to: index)
        }
        return session.isOpen ? [.order(session: index, .quit)] : []
    }

    private mutating func tellChange(from before: Int, to after: Int) {
        let pair = [incident.sessions[before], incident.sessions[after]]
        guard let change = ProbeComparison(pair).differences.first(where: { $0.name != "end" }) else { return }
        repetition?.changes += 1
        let texts = change.values.map(\.text).joined(separator: "  ->  ")
        notice = Notice("changed in run \(after + 1): \(change.name): \(texts); V shows both", .bad)
    }
}
