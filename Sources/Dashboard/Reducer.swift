import Canvas
import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

extension Dashboard {
    /// Takes in one action and says what has to be done. The only place where the state changes; split by source over files.
    public mutating func reduce(_ action: Action) -> [Effect] {
        let effects = take(action)
        // A walkthrough that goes on by itself looks at every new fact.
        return walkthrough?.isAutomatic == true ? effects + walkByItself() : effects
    }

    private mutating func take(_ action: Action) -> [Effect] {
        switch action {
        case .pressed(let key):
            return tour == nil ? pressed(key) : pressedInTour(key)
        case .resized(let size):
            self.size = size
            return []
        case .ticked(let now):
            self.now = now
            if case .sheet(.overview, _) = prompt { renewLogReading() }
            return repeatProbe() + retryWhenDue() + tourByItself()
        case .began(let session, let plan):
            began(session, plan)
            return []
        case .happened(let session, let event):
            return happened(session, event)
        case .answered(let subject, let answer):
            return answered(subject, answer)
        case .fetched(let subject, let policy):
            incident.insert(policy, for: subject)
            return []
        case .answeredBeside(let server, let answer):
            answeredBeside(server, answer)
            return []
        case .spelled(let typed, let ascii):
            return spelled(typed, ascii)
        case .surveyed(let number, let event):
            surveyed(number, event)
            return []
        case .burst(let number, let event):
            took(event, ofBurst: number)
            return []
        case .followed(let source, let event):
            followed(source, event)
            if case .sheet(.overview, _) = prompt { renewLogReading() }
            return []
        case .foundLogs(let found):
            let place = logs.count
            let effects = found.flatMap { follow(log: $0) }
            if logs.count > place { turnLog(to: place) }
            return effects
        case .asked(let number, let event):
            return asked(number, event)
        case .bounced(let bounce):
            incident.bounce = bounce
            return open(.bounce)
        case .listed(let sessions):
            listed(sessions)
            return []
        case .reopened(let record, let name, let purpose):
            return reopened(record, name, for: purpose)
        case .learned(let catalogue):
            self.catalogue = catalogue
            if !catalogue.interface.isEmpty { words = catalogue.interface }
            return []
        case .themed(let name, let glyphs):
            (settings.themeName, settings.glyphs) = (name, glyphs)
            notice = Notice("theme \(name)")
            return []
        case .themeChanged: return []
        case .examined(let facts):
            let own = [HealthFact.theme(settings.themeName), .size(columns: size.columns, rows: size.rows)]
            health = facts.filter { $0.subject != .theme } + own
            return []
        case .reported(let sentence):
            notice = Notice(sentence, .good)
            return []
        case .failed(let sentence):
            notice = Notice(sentence, .bad)
            return []
        }
    }

    /// What has to be done when the program starts with these settings: follow the log, look the names up. No session yet.
    public mutating func start(logs: [String], connect: Bool) -> [Effect] {
        var effects: [Effect] = []
        for log in logs { effects += follow(log: log) }
        turnLog(to: 0)
        if settings.target != nil {
            effects += examineTarget()
            if connect { effects += startSession() }
        } else if logs.isEmpty {
            prompt = .start(StartForm())
        } else {
            show(.log)
        }
        return effects
    }

    /// Marks a pane that is out of sight.
    mutating func raiseBadge(_ pane: PaneID, by count: Int = 1) {
        guard !isVisible(pane) else { return }
        badges[pane, default: 0] += count
    }

    func isVisible(_ pane: PaneID) -> Bool { places.contains { $0.pane == pane } }
}
