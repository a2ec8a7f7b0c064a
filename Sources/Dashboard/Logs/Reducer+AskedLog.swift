import Canvas
import MailLog
import MailVocabulary
import Triage

/// Asking a whole log: `:trace`, and `/` where the lines that are kept have nothing.
extension Dashboard {
    /// `:trace WORDS`; without words the last answer once more.
    mutating func ask(typed words: String) -> [Effect] {
        if words.isEmpty, asked != nil {
            prompt = .asked(AskedView())
            return []
        }
        do throws(LogRequestFault) {
            return ask(try LogRequest(typed: words), words)
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

    /// Asks the log in view: its file from its first to its last byte; where it has none, all that was read of it.
    mutating func ask(_ request: LogRequest, _ words: String) -> [Effect] {
        guard let log = shownLog else {
            notice = Notice("no log is open: :log open PATH, or start with --log PATH", .bad)
            return []
        }
        let number = (asked?.number ?? 0) + 1
        asked = AskedLog(
            number: number, request: request, source: log.source, words: words, state: .reading(0, of: 0))
        prompt = .asked(AskedView())
        if log.isFile { return [.askLog(log.source, number: number, request)] }
        asked?.state = .answered(incident.log?.answer(request) ?? LogAnswer(rows: [], total: 0, basis: ""))
        return []
    }

    /// Something came of the question with that number.
    mutating func asked(_ number: Int, _ event: LogAnswerEvent) {
        guard asked?.number == number else { return }
        switch event {
        case .read(let bytes, let size): asked?.state = .reading(bytes, of: size)
        case .answered(let answer): asked?.state = .answered(answer)
        case .failed(let sentence): asked?.state = .failed(sentence)
        }
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
                (view.opened, view.lines) = (nil, ListView())
            }
            prompt = key == .control("c") ? nil : .asked(view)
            return []
        }
        let count = asked.rows.count
        if view.list.take(key, count: count, page: sheet.inset.height, total: count * 2) {
            view.list.show(view.list.cursor * 2, view.list.cursor * 2 + 1, page: sheet.inset.height)
            prompt = .asked(view)
            return []
        }
        switch key {
        case .enter where asked.rows.indices.contains(view.list.cursor):
            view.opened = view.list.cursor
            prompt = .asked(view)
        case .character("/"), .character(":"): prompt = .palette(LineEditor("trace ", history: paletteHistory))
        case .escape, .character("q"), .control("c"):
            prompt = nil
            guard asked.percent != nil else { return [] }
            self.asked = nil
            notice = Notice("the question was given up")
            return [.stopAsking]
        case _: break
        }
        return []
    }
}
