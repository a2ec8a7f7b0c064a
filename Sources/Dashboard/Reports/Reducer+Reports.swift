import Canvas
import MailVocabulary
import SMTP
import Triage

/// Reports and privacy.
extension Dashboard {
    /// `x`: asks how the report is to be written.
    mutating func openReport() -> [Effect] {
        guard hasReport else {
            notice = Notice("nothing to report yet", .bad)
            return []
        }
        prompt = .report(ReportForm(stem: reportStem, isPrivate: isPrivate))
        return []
    }

    /// Writes the report to `path`, in the form that its end says, or to a name made of the target.
    mutating func export(to path: String?) -> [Effect] {
        guard let path else { return openReport() }
        if path.lowercased().hasSuffix(".pem") { return exportChain(to: path) }
        guard hasReport else {
            notice = Notice("nothing to report yet", .bad)
            return []
        }
        guard let format = ReportFormat(path: path) else {
            let ends = ReportFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
            notice = Notice("a report's name ends in one of \(ends): \(path) does not", .bad)
            return []
        }
        return [.export(path: path, isChosen: true, text: report(as: format, isPrivate: isPrivate))]
    }

    /// The certificates of the session in view.
    private mutating func exportChain(to path: String) -> [Effect] {
        guard let text = incident.session?.tls?.pem else {
            notice = Notice("this session showed no certificate that could be written", .bad)
            return []
        }
        return [.export(path: path, isChosen: true, text: text)]
    }

    mutating func pressed(_ key: Key, report old: ReportForm) -> [Effect] {
        var form = old
        switch key {
        case .escape, .control("c"):
            prompt = nil
        case .enter:
            guard !form.path.isEmpty else {
                notice = Notice("which file?", .bad)
                return []
            }
            prompt = nil
            let text = report(as: form.format, isPrivate: form.isPrivate)
            return [.export(path: form.path, isChosen: form.isChosen, text: text)]
        case _:
            form.take(key)
            prompt = .report(form)
        }
        return []
    }

    func drawReport(_ form: ReportForm, in frame: inout Frame) {
        let inside = drawBox(say("Report of this incident"), form.rows(self), in: &frame)
        frame.cursor = Frame.Position(x: inside.x + 12 + form.editor.window(of: 50).cursor, y: inside.y + 2)
    }

    /// `P`: hides local parts and IP addresses on the screen, and in the reports from now on.
    mutating func togglePrivacy() {
        isPrivate.toggle()
        notice = Notice(
            isPrivate
                ? "private: local parts and IP addresses are hidden, here and in reports" : "names are shown again")
    }
}
