import Canvas
import MailVocabulary
import SMTP
import Triage

/// The sessions of this program run: which of them is in view.
extension Dashboard {
    /// Shows a session that is over, as it was kept, and nothing else.
    public mutating func show(saved record: SessionRecord) {
        incident.sessions = [record]
        settings.target = record.plan.target
        settings.recipients = record.plan.recipients
        prompt = nil
        notice = Notice("a saved session: nothing is connected")
    }

    /// Puts a session beside the others and shows it.
    mutating func open(_ record: SessionRecord, from place: String) {
        incident.sessions.append(record)
        reopened.insert(incident.sessions.count - 1)
        view(run: incident.sessions.count - 1)
        show(.session)
        notice = Notice("from \(place); < and > go from session to session")
    }

    /// `<` and `>`.
    mutating func turnRun(by step: Int) {
        guard let current = incident.current, incident.sessions.count > 1 else {
            notice = Notice("there is no other session yet")
            return
        }
        let next = current + step
        guard incident.sessions.indices.contains(next) else {
            notice = Notice(step < 0 ? "this is the first session" : "this is the newest session")
            return
        }
        view(run: next)
    }

    /// Shows the session of that index.
    mutating func view(run index: Int) {
        incident.chosen = index == incident.sessions.count - 1 ? nil : index
        (explained, isReadingTranscript) = (nil, false)
        panes[.session] = nil
        remarkLines()
        notice = Notice("session \(index + 1) of \(incident.sessions.count)")
    }

    /// `run 2 of 3`, once there is more than one.
    var runWords: String {
        guard incident.sessions.count > 1, let current = incident.current else { return "" }
        return words("run \(current + 1) of \(incident.sessions.count)   ")
    }
}
