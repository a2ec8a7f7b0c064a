import Canvas
import DNS
import MailVocabulary
import SMTP
import Triage

extension Pane {
    /// What the selected or newest reply means, who must act, why, and what to do next.
    static let explanation = Pane(
        id: .explanation, title: "Explain",
        trailing: { dashboard in
            guard let explanation = dashboard.explanation?.explanation else { return [] }
            return [Span(PrintableText(untrusted: explanation.classLabel), explanation.role)]
        },
        .scrolling { dashboard, columns in
            guard dashboard.catalogue != nil else { return [dashboard.row("the catalogue is being read", .muted)] }
            guard let (query, explanation) = dashboard.explanation else {
                return [
                    dashboard.row("nothing to explain yet", .muted), Row(),
                    Row([
                        Span("E", .hintKey),
                        Span("  " + dashboard.say("explains a reply that you type or paste"), .muted),
                    ]),
                ]
            }
            return dashboard.explanationRows(query, explanation, columns)
        })
}

extension ReplyExplanation {
    /// The colour of its verdict.
    var role: Role {
        switch persistence {
        case .info: .ok
        case .temporary: .temporary
        case .permanent, .policyUntilFixed: .permanent
        }
    }

    /// `PERM` and kin, for the first line.
    var tag: Phrase {
        switch persistence {
        case .info: "OK"
        case .temporary: "TEMP"
        case .permanent: "PERM"
        case .policyUntilFixed: "PERM until fixed"
        }
    }
}

extension Dashboard {
    fileprivate func explanationRows(_ query: ReplyQuery, _ explanation: ReplyExplanation, _ columns: Int) -> [Row] {
        var rows: [Row] = []
        if let quoted = quoted(query) { rows += labelled(nil, PrintableText(untrusted: quoted), .muted, columns) }
        switch subject {
        case .logLine:
            rows.append(row("from the log: \"we\" and \"the sending side\" are the client of that line", .muted))
        case .bounced:
            rows.append(row("from a bounce: \"we\" and \"the sending side\" are the server that wrote it", .muted))
        case .event, .keyword, .pasted, nil: break
        }
        let title = PrintableText(untrusted: explanation.title)
        let tag = say(explanation.tag) + "  "
        for (index, line) in title.wrapped(to: max(10, columns - tag.width)).enumerated() {
            rows.append(
                Row([Span(index == 0 ? tag : PrintableText(blanks: tag.width), explanation.role), Span(line, .title)]))
        }
        rows += PrintableText(untrusted: explanation.meaning).wrapped(to: columns).map { Row($0) }
        for (index, cause) in explanation.causes.prefix(6).enumerated() {
            rows += causeRows(cause, index, of: explanation, columns)
        }
        let proposed = proposedStep(of: explanation)
        for (index, step) in explanation.next.prefix(5).enumerated() {
            let key: PrintableText = index == proposed ? "p  " : "-  "
            rows += labelled(index == 0 ? .next : nil, key, PrintableText(untrusted: step.text), .text, columns)
        }
        if let story = incident.slowGreetingStory, query.stage == .connect || query.event == "greeting-late" {
            rows += labelled(.joined, say(story.phrase), .temporary, columns)
        }
        rows += labelled(.acts, PrintableText(untrusted: explanation.actors.joined(separator: ", ")), .text, columns)
        if !query.reply.isEmpty {
            rows += labelled(.code, PrintableText(untrusted: explanation.codeReading), .muted, columns)
        }
        if let reading = explanation.statusReading {
            rows += labelled(nil, PrintableText(untrusted: reading), .muted, columns)
        }
        let named = explanation.captured.sorted { $0.key < $1.key }.map { name, value in
            "\(catalogue?.name(ofCaptured: name, in: shownLanguage) ?? name): \(value)"
        }
        rows += labelled(.named, PrintableText(untrusted: named.joined(separator: ", ")), .text, columns)
        let certainty = catalogue?.word(.certainty, explanation.certainty.rawValue, in: shownLanguage) ?? ""
        let basis = "\(certainty): \(explanation.basis)"
        rows += labelled(.basis, PrintableText(untrusted: basis), .muted, columns)
        if !explanation.others.isEmpty {
            let text = explanation.others.joined(separator: "; ")
            rows += labelled(.alternatives, PrintableText(untrusted: text), .muted, columns)
        }
        rows += labelled(
            .sources, PrintableText(untrusted: (explanation.references + [explanation.entry]).joined(separator: ", ")),
            .muted,
            columns)
        return rows
    }

    /// A cause; below it what is known of it, or the check that would tell and its key.
    private func causeRows(
        _ cause: ReplyExplanation.Cause, _ index: Int, of explanation: ReplyExplanation, _ columns: Int
    ) -> [Row] {
        let number = PrintableText(index + 1) + "  "
        let text = PrintableText(untrusted: cause.text)
        let label: PanelLabel? = index == 0 ? .likely : nil
        if let verdict = incident.verdict(on: cause, of: explanation) {
            let role: Role = verdict.isConfirmed ? .permanent : .ok
            return labelled(label, number, text, .text, columns)
                + labelled(nil, "   ", say(verdict.words), role, columns)
        }
        guard let check = cause.check, let key = check.key else { return labelled(label, number, text, .text, columns) }
        let hint = "  [" + PrintableText(stringLiteral: key) + ": " + say(check.label) + "]"
        return labelled(label, number, text + hint, .text, columns)
    }

    /// The server's own words, never translated.
    private func quoted(_ query: ReplyQuery) -> String? {
        if query.reply.isEmpty {
            guard let event = query.event, event.hasPrefix("keyword:") else { return nil }
            return String(event.dropFirst("keyword:".count))
        }
        // What came instead of a reply is told in words of ours.
        if query.event != nil { return words(Phrase(said: query.reply)) }
        return query.reply.split(separator: "\n").prefix(2).joined(separator: " / ")
    }

    /// A label in a column of its own, and the text wrapped beside it.
    func labelled(_ label: PanelLabel?, _ text: PrintableText, _ role: Role, _ columns: Int) -> [Row] {
        labelled(label, PrintableText(), text, role, columns)
    }

    /// The same with a mark between them: a number, or the key that does it.
    func labelled(
        _ label: PanelLabel?, _ mark: PrintableText, _ text: PrintableText, _ role: Role, _ columns: Int
    ) -> [Row] {
        guard !text.isEmpty else { return [] }
        let label = (label.map { say($0.phrase) } ?? PrintableText()).padded(to: 8)
        let indent = PrintableText(blanks: label.width + mark.width)
        return text.wrapped(to: max(10, columns - indent.width)).enumerated().map { index, line in
            Row([Span(index == 0 ? label + mark : indent, .hintKey), Span(line, role)])
        }
    }
}
