import Canvas
import MailVocabulary
import SMTP
import Triage

/// The first page of a report: what the walkthrough found, and what needs somebody first.
extension Dashboard {
    /// The walkthrough's steps with their verdicts, the decisive one and what to do about it.
    var walkthroughBlocks: [ReportBlock] {
        guard let walkthrough, let plan = incident.main?.plan ?? settings.plan else { return [] }
        let summary = WalkthroughSummary(walkthrough, incident, plan)
        guard !summary.entries.isEmpty else { return [] }
        var blocks: [ReportBlock] = [
            .heading(words(summary.title)),
            .table(
                head: [
                    words("step"), words("sent or looked up"), words("observed"), words("verdict"), words("meaning"),
                ],
                rows: summary.entries.map { entry in
                    [
                        words(entry.step.label), words(entry.command), words(entry.outcome.observed),
                        words(entry.outcome.verdict.phrase), words(entry.outcome.reading),
                    ]
                }),
        ]
        if let decisive = summary.decisive {
            blocks += [
                .paragraph(words("Look at") + ": " + words(decisive.outcome.observed)),
                .list(
                    decisive.outcome.causes.map { words("Likely") + ": " + words($0) }
                        + decisive.step.remedies(after: decisive.outcome, incident).map {
                            words("Do next") + ": " + words($0.text)
                        }),
            ]
        } else if walkthrough.isAtEnd {
            blocks.append(.paragraph(words("everything that was tried went well")))
        }
        if !summary.unjudged.isEmpty {
            blocks.append(
                .paragraph(words("without a verdict") + ": " + summary.unjudged.map(words).joined(separator: ", ")))
        }
        return blocks
    }

    /// The findings of the overview, the gravest first.
    var findingBlocks: [ReportBlock] {
        let findings = overviewFindings
        guard !findings.isEmpty else { return [] }
        return [
            .heading(words("What needs you first")),
            .list(findings.map { "\(words($0.severity.phrase)): \(words($0.text))" }),
        ]
    }
}

extension WalkthroughStep.Outcome.Verdict {
    /// In a word.
    var phrase: Phrase {
        switch self {
        case .passed: "passed"
        case .warning: "with a warning"
        case .failed: "failed"
        }
    }
}

extension Severity {
    /// In a word, for the overview and reports.
    public var phrase: Phrase {
        switch self {
        case .failure: "fails"
        case .delay: "delays"
        case .warning: "risk"
        case .unknown: "unknown"
        case .note, .fine: "note"
        }
    }
}
