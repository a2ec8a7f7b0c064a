import Canvas
import MailVocabulary
import Triage

extension Sheet {
    /// The walkthroughs there are, each with its question.
    static let walkthroughs = Sheet(
        id: .walkthroughs, title: "Walkthroughs", key: .character("W"),
        trailing: { _ in "\(Procedure.all.count) questions" },
        content: { dashboard, columns, cursor in
            var content = Content()
            for (index, procedure) in Procedure.all.enumerated() {
                let isHere = index == cursor
                let isOn = dashboard.walkthrough?.procedureID == procedure.id
                let name = PrintableText(untrusted: procedure.id)
                var rows = [
                    Row(
                        [
                            Span(isHere ? "> " : "  ", .hintKey), Span(PrintableText(index + 1) + "  ", .hintKey),
                            Span(dashboard.say(procedure.title), isHere ? .title : .text),
                        ], trailing: [Span(isOn ? dashboard.say("under way") + "  " + name : name, .muted)],
                        isSelected: isHere)
                ]
                rows += dashboard.say(procedure.summary).wrapped(to: max(10, columns - 6)).map {
                    Row([Span("     "), Span($0, .muted)])
                }
                content.add(entry: rows)
            }
            return content
        },
        choose: { dashboard, place in
            guard Procedure.all.indices.contains(place) else { return [] }
            return dashboard.startWalking(Procedure.all[place])
        },
        hints: [("Enter", "begin"), ("1-8", "choose")])
}
