import Canvas
import MailVocabulary

/// A list that fills the screen between the title and the message, made from the state; it holds nothing of its own.
struct Sheet: Sendable {
    /// The rows, and which of them each entry takes.
    struct Content: Sendable {
        var rows: [Row] = []
        var places: [Range<Int>] = []

        /// Adds an entry.
        mutating func add(entry: [Row]) {
            places.append(rows.count..<rows.count + entry.count)
            rows += entry
        }
    }

    let id: SheetID
    let title: Phrase
    /// The key that opens it closes it too.
    let key: Key
    /// The right end of the title line.
    let trailing: @Sendable (Dashboard) -> Phrase
    /// At a width, with the entry of that index selected.
    let content: @Sendable (Dashboard, _ columns: Int, _ cursor: Int) -> Content
    /// Enter on an entry; the sheet is closed already.
    let choose: @Sendable (inout Dashboard, Int) -> [Effect]
    /// For the hint row, before Esc.
    let hints: [(Phrase, Phrase)]

    static subscript(id: SheetID) -> Sheet {
        switch id {
        case .overview: .overview
        case .walkthroughs: .walkthroughs
        case .health: .health
        case .preferences: .preferences
        case .plan: .plan
        case .answers: .answers
        case .bounce: .bounce
        }
    }
}

/// The sheets. A new one is one file in `Sheets/`, its id, and one line above.
public enum SheetID: Hashable, Sendable, CaseIterable {
    /// What an incident needs first.
    case overview
    /// The walkthroughs there are.
    case walkthroughs
    /// What was found out about the terminal, the files and the name server.
    case health
    /// What `:set` can set, with its values.
    case preferences
    /// Every DNS answer, with how it came.
    case answers
    /// What a run would say.
    case plan
    /// What a bounce says of each recipient.
    case bounce
}

extension Dashboard {
    /// Lays the sheet over the panes.
    public mutating func open(_ sheet: SheetID) -> [Effect] {
        prompt = .sheet(sheet, ListView())
        if sheet == .overview { renewLogReading(force: true) }
        return sheet == .health ? [.examineHealth] : []
    }

    /// The rows as they stand.
    func content(of sheet: SheetID, _ view: ListView) -> Sheet.Content {
        Sheet[sheet].content(self, max(20, self.sheet.inset.width - 2), view.cursor)
    }

    mutating func pressed(_ key: Key, sheet id: SheetID, _ old: ListView) -> [Effect] {
        var view = old
        let content = content(of: id, view)
        let page = sheet.inset.height
        if content.places.isEmpty {
            // Nothing to choose: the rows scroll.
            let most = max(0, content.rows.count - page)
            switch key {
            case .down, .character("j"):
                prompt = .sheet(id, view.scrolled(by: 1, most: most))
                return []
            case .up, .character("k"):
                prompt = .sheet(id, view.scrolled(by: -1, most: most))
                return []
            case _: break
            }
        }
        if view.take(key, count: content.places.count, page: page, total: content.rows.count) {
            let isPaging = key == .pageUp || key == .pageDown || key == .character(" ")
            if !isPaging, content.places.indices.contains(view.cursor) {
                let place = content.places[view.cursor]
                // The first entry brings what stands above it.
                view.show(view.cursor == 0 ? 0 : place.lowerBound, place.upperBound - 1, page: page)
            }
            prompt = .sheet(id, view)
            return []
        }
        switch key {
        case .enter:
            guard content.places.indices.contains(view.cursor) else { return [] }
            prompt = nil
            return Sheet[id].choose(&self, view.cursor)
        case .character(let digit) where ("1"..."9").contains(digit) && id == .walkthroughs:
            let place = Int(digit.value) - 49
            guard content.places.indices.contains(place) else { return [] }
            prompt = nil
            return Sheet[id].choose(&self, place)
        case .escape, .character("q"), .control("c"), Sheet[id].key: prompt = nil
        case .character("r") where id == .overview:
            prompt = nil
            return run()
        case .character("x") where id == .overview: return openReport()
        case .character("?"): prompt = .help(offset: 0)
        case _: break
        }
        return []
    }

    func drawSheet(_ id: SheetID, _ view: ListView, in frame: inout Frame) {
        drawSheet(
            words(Sheet[id].title), trailing: words(Sheet[id].trailing(self)), content(of: id, view).rows,
            offset: view.offset, in: &frame)
    }
}

extension ListView {
    fileprivate func scrolled(by rows: Int, most: Int) -> ListView {
        var view = self
        view.offset = min(max(0, offset + rows), most)
        return view
    }
}
