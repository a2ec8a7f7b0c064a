import MailVocabulary
import Canvas
import SMTP

/// The MX matrix: every mail exchanger asked the same, side by side.
extension Dashboard {
    /// `m`: shows the matrix; begins it when there is none of this target.
    mutating func openMatrix() -> [Effect] {
        if let survey, survey.plan.target == settings.target, survey.failure == nil {
            prompt = .matrix(ListView())
            return []
        }
        return askSurvey()
    }

    private mutating func askSurvey() -> [Effect] {
        guard let plan = settings.plan else {
            notice = Notice("no server yet: type one", .bad)
            prompt = .options(OptionsForm(settings))
            return []
        }
        guard plan.target.socketPath == nil else {
            notice = Notice("a socket has no mail exchangers: give a domain, user@domain or @domain", .bad)
            return []
        }
        return begin(.survey)
    }

    mutating func startSurvey(with secrets: SessionSecrets) -> [Effect] {
        guard let plan = settings.plan else { return [] }
        let number = (survey?.number ?? 0) + 1
        survey = Survey(number: number, plan: plan)
        prompt = .matrix(ListView())
        notice = Notice("rehearsal: no message is sent to any of them")
        return [.survey(number: number, plan, secrets)]
    }

    mutating func surveyed(_ number: Int, _ event: SurveyEvent) {
        guard survey?.number == number else { return }
        survey?.take(event)
        guard let survey, survey.isDone else { return }
        if let failure = survey.failure {
            notice = Notice(failure, .bad)
        } else {
            let count = survey.differences.count
            notice = Notice(
                count == 0 ? "all of them answered alike" : "they differ in \(count) respects: see below them", .good)
        }
    }

    mutating func pressed(_ key: Key, matrix old: ListView) -> [Effect] {
        var view = old
        let rows = matrixRows(view.cursor)
        let page = sheet.inset.height
        if view.take(key, count: survey?.probes.count ?? 0, page: page, total: rows.rows.count) {
            if key != .pageUp, key != .pageDown, key != .character(" "), rows.places.indices.contains(view.cursor) {
                let place = matrixRows(view.cursor).places[view.cursor]
                view.show(place, place + 1, page: page)
            }
            prompt = .matrix(view)
            return []
        }
        switch key {
        case .escape, .character("m"), .character("q"), .control("c"):
            prompt = nil
            if survey?.isDone == false { notice = Notice("the matrix goes on: m comes back to it") }
        case .character("r"), .character("R"):
            prompt = nil
            return askSurvey()
        case .enter:
            guard let survey, survey.records.indices.contains(view.cursor) else { return [] }
            prompt = nil
            open(survey.records[view.cursor], from: "the matrix: \(survey.probes[view.cursor].name)")
        case .character("x"): return openReport()
        case .character("?"): notice = Notice("Enter opens a session, r asks all again, x writes a report, Esc closes")
        case _: break
        }
        return []
    }
}
