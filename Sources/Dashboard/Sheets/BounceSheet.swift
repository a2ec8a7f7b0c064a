import Canvas
import MailVocabulary
import Triage

extension Sheet {
    /// `:bounce FILE`: the message that came back, and each recipient with the reply and what it means.
    static let bounce = Sheet(
        id: .bounce, title: "Bounce", key: .escape,
        trailing: { dashboard in
            let count = dashboard.incident.bounce?.recipients.count ?? 0
            return count == 1 ? "1 recipient" : "\(count) recipients"
        },
        content: { dashboard, columns, cursor in
            guard let bounce = dashboard.incident.bounce else { return Content() }
            var content = Content()
            content.rows = bounce.headLines.flatMap { line in
                dashboard.say(line).wrapped(to: columns).map { Row([Span($0, .muted)]) }
            }
            content.rows.append(Row())
            for (index, recipient) in bounce.recipients.enumerated() {
                content.add(entry: dashboard.rows(of: recipient, columns, isHere: index == cursor))
            }
            if let words = bounce.traceWords {
                let isHere = cursor == bounce.recipients.count
                let text = dashboard.say("its way in the log: \(":trace " + words)")
                content.rows.append(Row())
                content.add(entry: [
                    Row(
                        [Span(isHere ? "> " : "  ", .hintKey), Span(text, isHere ? .title : .text)], isSelected: isHere)
                ])
            }
            return content
        },
        choose: { dashboard, place in
            guard let bounce = dashboard.incident.bounce else { return [] }
            guard bounce.recipients.indices.contains(place) else {
                return bounce.traceWords.map { dashboard.ask(typed: $0) } ?? []
            }
            let reply = bounce.recipients[place].reply
            guard !reply.isEmpty else {
                dashboard.notice = Notice("the bounce does not say why")
                return []
            }
            dashboard.explained = .bounced(reply)
            dashboard.show(.explanation)
            return []
        },
        hints: [("Up Down", "choose"), ("Enter", "explain it")])
}

extension Dashboard {
    /// A recipient: what became of it, the words of the server, and their meaning in a line.
    fileprivate func rows(of recipient: BouncedRecipient, _ columns: Int, isHere: Bool) -> [Row] {
        let role: Role =
            recipient.isDelivered ? .ok : recipient.action == "delayed" ? .temporary : .permanent
        let head = say(recipient.headLine).wrapped(to: max(10, columns - 2)).enumerated().map { index, line in
            Row(
                [Span(isHere && index == 0 ? "> " : "  ", .hintKey), Span(line, role)], isSelected: isHere && index == 0
            )
        }
        guard !recipient.isDelivered else { return head }
        let reply = PrintableText(untrusted: recipient.reply).wrapped(to: max(10, columns - 6)).map {
            Row([Span("      "), Span($0)])
        }
        guard !recipient.reply.isEmpty, let catalogue else { return head + reply }
        let meaning = catalogue.explain(ReplyQuery(reply: recipient.reply), in: shownLanguage)
        let title = PrintableText(untrusted: meaning.title).wrapped(to: max(10, columns - 6))
        return head + reply + title.map { Row([Span("      "), Span($0, .title)]) }
    }
}
