import DNS
import MailLog
import MailVocabulary
import SMTP
import Triage

/// The report of an incident: Markdown, every outside text escaped, secrets redacted where they were recorded.
extension Dashboard {
    /// Writes the report to `path`, or to a name made of the target.
    mutating func export(to path: String?) -> [Effect] {
        guard incident.session != nil || !incident.subjects.isEmpty else {
            notice = Notice("nothing to report yet", .bad)
            return []
        }
        let name = incident.session?.host ?? incident.domain?.description ?? "incident"
        let safe = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "-" })
        return [.export(path: path ?? "porthole-\(safe).md", isChosen: path != nil, text: report)]
    }

    /// The report's text.
    public var report: String {
        var text = "# \(words("Porthole report"))\n"
        for (index, session) in incident.sessions.enumerated() {
            let title = words("Session \(index + 1): \(EvidenceText.escaped(session.plan.target.typed))")
            text += "\n## \(title)\n\n"
            if !session.plan.message.date.isEmpty { text += words("Begun \(session.plan.message.date).") + "\n\n" }
            let head = ["step", "command", "reply", "time"].map { words($0) }.joined(separator: " | ")
            text += "| \(head) |\n|---|---|---|---|\n"
            for step in session.steps {
                let cells = [
                    step.stage.stepName, step.request, step.outcome, step.took?.brief ?? step.verdict.rawValue,
                ]
                text += "| " + cells.map { Self.cell($0) }.joined(separator: " | ") + " |\n"
            }
            text += "\n```\n" + TranscriptText.text(of: session.events) + "```\n"
        }
        if let explanation = explanation?.explanation {
            text += "\n## \(words("What it means"))\n\n\(explanation.title). \(explanation.meaning)\n\n"
            for cause in explanation.causes { text += "- \(words("likely: \(cause.text)"))\n" }
            for step in explanation.next { text += "- \(words("next: \(step.text)"))\n" }
        }
        let findings = incident.nameFindings
        if !findings.isEmpty || incident.slowGreetingStory != nil {
            text += "\n## \(words("Names"))\n\n"
            for finding in findings + [incident.slowGreetingStory].compactMap({ $0 }) {
                text += "- \(finding.kind.code): \(EvidenceText.escaped(finding.message)) (\(finding.kind.citation))\n"
            }
        }
        if let trace = incident.messageTrace ?? incident.connectionTrace?.trace {
            text += "\n## \(words("Log"))\n\n\(EvidenceText.escaped(trace.sentence))\n\n```\n"
            for ordinal in trace.keys.first.flatMap({ incident.log?.index.lineOrdinals(of: $0) }) ?? [] {
                if let raw = incident.log?[ordinal] { text += EvidenceText.escaped(raw.bytes) + "\n" }
            }
            text += "```\n"
        }
        return text
    }

    private static func cell(_ text: String) -> String {
        EvidenceText.escaped(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
