import Canvas
import MailVocabulary
import SMTP

extension Sheet {
    /// `:plan`: every command that a run up to the message would say to a server that offers and grants everything.
    static let plan = Sheet(
        id: .plan, title: "What would be said", key: .escape,
        trailing: { dashboard in dashboard.settings.isReadOnly ? "up to RCPT" : "up to the message" },
        content: { dashboard, columns, _ in
            guard let plan = dashboard.plannedToTheEnd else {
                return Content(rows: [dashboard.row("name a server first: :set server HOST", .muted)])
            }
            var content = Content()
            for line in DryRun(plan).lines {
                let isCommand = line.hasPrefix("C: ")
                content.rows += PrintableText(untrusted: line).wrapped(to: columns).map {
                    Row([Span(" "), Span($0, isCommand ? .text : .muted)])
                }
            }
            return content
        },
        choose: { _, _ in [] }, hints: [("Up Down", "scroll")])
}

extension Dashboard {
    /// The plan of a run that goes as far as this dashboard lets one go.
    fileprivate var plannedToTheEnd: SessionPlan? {
        guard var plan = settings.plan else { return nil }
        if !settings.isReadOnly, plan.stopAfter == .recipient, !plan.recipients.isEmpty { plan.stopAfter = .endOfData }
        return plan
    }
}
