import Canvas
import MailVocabulary
import SMTP
import Triage

/// Dialogs, forms and help: drawn over the panes.
extension Dashboard {
    func drawOverlay(in frame: inout Frame) {
        switch prompt {
        case .confirmSending: drawConfirmSending(in: &frame)
        case .confirmQuit:
            let rows = [
                row("The server is waiting for the end of a message."),
                row("Quitting now drops the connection; the message is not sent."), Row(),
                Row([Span("  q  ", .hintKey), Span(say("quit"))]), Row([Span("Esc  ", .hintKey), Span(say("stay"))]),
            ]
            drawBox(say("Quit?"), rows, in: &frame)
        case .help(let offset): drawHelp(offset, in: &frame)
        case .options(let form): drawOptions(form, in: &frame)
        case .password(let editor, _): drawPassword(editor, in: &frame)
        case .confirmLogin: drawConfirmLogin(in: &frame)
        case .proxyPassword(let editor, _, _): drawProxyPassword(editor, in: &frame)
        case .burst(let view): drawBurst(view, in: &frame)
        case .confirmBurst: drawConfirmBurst(in: &frame)
        case .confirmName(let editor, let deed): drawConfirmName(editor, deed, in: &frame)
        case .matrix(let view): drawMatrix(view, in: &frame)
        case .logs(let view): drawLogs(view, in: &frame)
        case .asked(let view): drawAsked(view, in: &frame)
        case .deviations(let view): drawDeviations(view, in: &frame)
        case .saved(let list): drawSaved(list, in: &frame)
        case .comparison(let view, let left, let right): drawComparison(view, left, right, in: &frame)
        case .report(let form): drawReport(form, in: &frame)
        case .sheet(let id, let view): drawSheet(id, view, in: &frame)
        case .start(let form): drawStart(form, in: &frame)
        case .smtp, .palette, .search, .filter, nil: break
        }
    }

    /// A box in the middle, as wide as its rows need.
    /// - Returns: its inside.
    @discardableResult
    func drawBox(_ title: PrintableText, _ rows: [Row], width: Int = 74, in frame: inout Frame) -> Rect {
        let width = min(width, size.columns - 2)
        let height = min(rows.count + 2, size.rows - 2)
        let rect = Rect(
            x: (size.columns - width) / 2, y: max(1, (size.rows - height) / 2), width: width, height: height)
        frame.fill(rect, .overlay)
        frame.box(rect, title: [Span(title, .titleFocus)], focused: true, borders: settings.glyphs.borders)
        for (index, row) in rows.prefix(height - 2).enumerated() {
            frame.draw(row, at: rect.y + 1 + index, x: rect.x + 2, width: width - 4)
        }
        return rect.inset
    }

    private func drawConfirmSending(in frame: inout Frame) {
        guard let session = incident.session else { return }
        let plan = session.plan
        let server = "\(session.host ?? plan.target.name):\(session.remote?.port ?? plan.target.port)"
        let tls = "   " + (session.tls?.version ?? words("in clear"))
        let transaction = session.openTransaction
        func list(_ paths: [String]?) -> String { (paths ?? []).map { "<\($0)>" }.joined(separator: " ") }
        var rows = [
            confirmationField("server", server + (session.remote.map { "   \($0.address)" } ?? "") + tls),
            confirmationField("sender", "<\(transaction?.sender ?? plan.reversePath)>"),
            confirmationField("to", list(transaction?.accepted)),
        ]
        if transaction?.unasked.isEmpty == false {
            rows.append(confirmationField("then to", list(transaction?.unasked)))
        }
        rows += [
            confirmationField("content", "Subject: \(plan.message.ownSubject ?? plan.message.subject)")
        ]
        let files = plan.message.filesInWords.map { words(Phrase(said: $0)) }
        if !files.isEmpty { rows.append(confirmationField("files", files.joined(separator: ", "))) }
        if let chunk = plan.services.chunk { rows.append(confirmationField("by", "BDAT \(chunk)")) }
        rows += [
            Row(),
            row("This leaves your machine and may reach a real mailbox."),
            Row([Span("   S           ", .hintKey), Span(say("send this one message   (a capital S; Enter is inert)"))]
            ),
            Row([Span("   R           ", .hintKey), Span(say("rehearse again, stop at RCPT"))]),
            Row([Span("   Esc  q  n   ", .hintKey), Span(say("do not send"))]),
            row("Allowed for one message; the next one asks again.", .muted),
        ]
        drawBox(say("Really send a message?"), rows, in: &frame)
    }

    /// A line of a dialog that asks before something is sent.
    func confirmationField(_ label: Phrase, _ text: String) -> Row {
        Row([Span(say(label).padded(to: 10), .muted), Span(PrintableText(untrusted: text))])
    }

    private var helpRows: [Row] {
        var rows = [row("Keys of this pane first, then those for everywhere; then the commands of :", .muted)]
        let own = keyMap.filter { $0.panes.contains(focus) }
        let others = keyMap.filter { $0.panes.isEmpty }
        for entry in own + others {
            rows.append(
                Row([
                    Span(PrintableText(untrusted: entry.name).padded(to: 10), .hintKey),
                    Span(say(entry.help)),
                ]))
        }
        rows.append(Row())
        for command in Palette.all {
            let call =
                ":" + PrintableText(untrusted: command.name) + " " + PrintableText(stringLiteral: command.argument)
            // A long call has its row to itself, so that nothing of the help is cut off.
            let isLong = call.width > 29
            if isLong { rows.append(Row([Span(call, .hintKey)])) }
            for (place, line) in say(command.help).wrapped(to: 43).enumerated() {
                let head = place == 0 && !isLong ? call.padded(to: 30) : PrintableText(blanks: 30)
                rows.append(Row([Span(head, .hintKey), Span(line)]))
            }
        }
        return rows
    }

    /// From here on the end of the help is in sight.
    var mostHelpOffset: Int { max(0, helpRows.count - (size.rows - 4)) }

    private func drawHelp(_ offset: Int, in frame: inout Frame) {
        let top = min(offset, mostHelpOffset)
        drawBox(say("Help"), Array(helpRows[top...].prefix(size.rows - 4)), width: 78, in: &frame)
    }

    private func drawOptions(_ form: OptionsForm, in frame: inout Frame) {
        let (rows, cursor) = form.rows(say)
        let inside = drawBox(say("Session"), rows, width: 78, in: &frame)
        guard form.field != nil else { return frame.cursor = nil }
        frame.cursor = Frame.Position(x: min(inside.x + 1 + cursor.x, inside.maxX - 3), y: inside.y + cursor.y)
    }

    private func drawStart(_ form: StartForm, in frame: inout Frame) {
        var rows = [row("What would you like to find out?"), Row()]
        for (index, choice) in StartForm.choices.enumerated() {
            let mark: PrintableText = index == form.choice ? "> " : "  "
            let text = say(choice.question).padded(to: 38)
            rows.append(
                Row([
                    Span(mark + PrintableText(index + 1) + "  ", .hintKey),
                    Span(text, index == form.choice ? .title : .text),
                    Span(say(choice.answer), .muted),
                ]))
        }
        let value = form.editor.window(of: 34)
        let label = say("domain, server, file or reply").padded(to: 29) + "  "
        rows += [
            Row(),
            Row([
                Span(label, .muted), Span("[ ", .border),
                Span(value.text.padded(to: 34)), Span(" ]", .border),
            ]),
            Row(), row("resolver \(settings.resolverName)", .muted),
            row("Nothing is sent until you say so.", .muted),
        ]
        let inside = drawBox(say("Porthole"), rows, width: 78, in: &frame)
        frame.cursor = Frame.Position(
            x: min(inside.x + 1 + label.width + 2 + value.cursor, inside.maxX - 3), y: inside.y + rows.count - 4)
    }
}
