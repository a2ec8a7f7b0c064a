import Canvas
import MailLog
import MailVocabulary
import Triage

/// Asking whole logs: `:trace`, and `/` where the lines that are kept have nothing.
extension Dashboard {
    /// `:trace WORDS`; without words the last answer once more.
    mutating func ask(typed words: String, onlyInView: Bool = false) -> [Effect] {
        if words.isEmpty, asked != nil {
            prompt = .asked(AskedView())
            return []
        }
        do throws(LogRequestFault) {
            return ask(try LogRequest(typed: words), words, onlyInView: onlyInView)
        } catch {
            switch error {
            case .empty:
                notice = Notice("what to look for? :trace 10.2.3.4, :trace user@example.test, :trace MID 214", .bad)
            case .moment(let text):
                notice = Notice("\(text) is no moment: 30m, 2h, 10:00 or 2026-02-02, as the log's clock says it", .bad)
            case .reply(let text): notice = Notice("\(text) is no reply code: 550, 5.1.1, 4xx or 5.7.x", .bad)
            case .condition(let name):
                notice = Notice("\(name)= is no condition: verdict=, reply=, since= and until= are", .bad)
            case .address(let text):
                notice = Notice("\(text) is neither an IP address nor a network such as 192.0.2.0/24", .bad)
            }
            return []
        }
    }

    /// `:log top [30m]`: the counts of everybody.
    mutating func askForSummary(_ typed: String) -> [Effect] {
        let text = typed.isEmpty ? "\(LogReading.minutes)m" : typed
        guard let since = LogMoment(text) else {
            notice = Notice("\(text) is no moment: 30m, 2h, 10:00 or 2026-02-02, as the log's clock says it", .bad)
            return []
        }
        return ask(.summary(since: since), "top \(text)")
    }

    /// Asks the logs that are followed, the one in view first: of files everything, with the older files of their sets; of
    /// what is no file, all that was read of it.
    /// - Parameter onlyInView: The log in view alone.
    mutating func ask(_ request: LogRequest, _ words: String, onlyInView: Bool = false) -> [Effect] {
        guard let shown = shownLog else {
            notice = Notice("no log is open: :log open PATH, or start with --log PATH", .bad)
            return []
        }
        notice = nil
        let others = onlyInView ? [] : logs.filter { $0.id != shown.id }
        asked = AskedLog(
            number: (asked?.number ?? 0) + 1, request: request, words: words,
            parts: ([shown] + others).map { AskedLog.Part(source: $0.source, name: $0.name, isFile: $0.isFile) })
        prompt = .asked(AskedView())
        return askNext()
    }

    /// Asks the next log that has not been asked; what is no file answers at once.
    private mutating func askNext() -> [Effect] {
        while let asked, let place = asked.parts.firstIndex(where: { $0.state == .waiting }) {
            let part = asked.parts[place]
            if part.isFile {
                self.asked?.parts[place].state = .reading(0, of: 0)
                return [.askLog(part.source, number: asked.number, asked.request)]
            }
            let log = logs.firstIndex { $0.source == part.source }
            let book = log.flatMap { $0 == logInView ? incident.log : logs[$0].book }
            let answer = book?.answer(asked.request) ?? LogAnswer(rows: [], total: 0, basis: "no lines yet")
            self.asked?.parts[place].state = .answered(answer)
        }
        return []
    }

    /// Something came of the question with that number.
    mutating func asked(_ number: Int, _ event: LogAnswerEvent) -> [Effect] {
        guard let asked, asked.number == number, let place = asked.current else { return [] }
        switch event {
        case .read(let bytes, let size):
            self.asked?.parts[place].state = .reading(bytes, of: size)
            return []
        case .answered(let answer): self.asked?.parts[place].state = .answered(answer)
        case .failed(let sentence): self.asked?.parts[place].state = .failed(sentence)
        }
        let effects = askNext()
        openOnlyRow()
        return effects
    }

    /// The trace of a line is shown at once when there is but one.
    mutating func openOnlyRow() {
        guard case .asked(var view) = prompt, view.isOfLine, view.opened == nil, let asked, asked.isDone,
            asked.rows.count == 1
        else { return }
        view.opened = 0
        prompt = .asked(view)
    }

    mutating func pressed(_ key: Key, asked old: AskedView) -> [Effect] {
        guard let asked else {
            prompt = nil
            return []
        }
        var view = old
        if let opened = view.opened {
            let rows = openedRows(asked, opened).count
            if view.lines.take(key, count: rows, page: sheet.inset.height, total: rows) {
                view.lines.show(view.lines.cursor, view.lines.cursor, page: sheet.inset.height)
            } else if key == .escape || key == .character("q") || key == .backspace {
                if view.isOfLine, asked.rows.count == 1 {
                    prompt = nil
                    return []
                }
                (view.opened, view.lines) = (nil, ListView())
            }
            prompt = key == .control("c") ? nil : .asked(view)
            return []
        }
        let content = askedContent(asked, view.list.cursor)
        if view.list.take(key, count: content.choices.count, page: sheet.inset.height, total: content.rows.count) {
            if content.choices.indices.contains(view.list.cursor), key != .pageDown, key != .pageUp,
                key != .character(" ")
            {
                let rows = content.choices[view.list.cursor].rows
                let first = view.list.cursor == 0 ? 0 : rows.lowerBound
                view.list.show(first, rows.upperBound - 1, page: sheet.inset.height)
            }
            prompt = .asked(view)
            return []
        }
        switch key {
        case .enter where content.choices.indices.contains(view.list.cursor):
            switch content.choices[view.list.cursor].deed {
            case .open(let row):
                view.opened = row
                prompt = .asked(view)
            case .ask(let words): return ask(typed: words)
            }
        case .character("/"), .character(":"): prompt = .palette(LineEditor("trace ", history: paletteHistory))
        case .escape, .character("q"), .control("c"):
            prompt = nil
            guard asked.current != nil else { return [] }
            self.asked = nil
            notice = Notice("the question was given up")
            return [.stopAsking]
        // From finding to finding goes on from anywhere, also from the answer that a finding is shown with.
        case .character("."), .character(","):
            let isReading = asked.current != nil
            if isReading { self.asked = nil }
            prompt = nil
            return (isReading ? [.stopAsking] : []) + jump(by: key == .character(".") ? 1 : -1)
        case _: break
        }
        return []
    }
}
