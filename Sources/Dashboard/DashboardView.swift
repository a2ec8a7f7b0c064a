import Canvas
import MailVocabulary
import SMTP
import Triage

/// The frame, made from the state and the size alone.
extension Dashboard {
    /// A pane and where it stands.
    struct Place: Hashable {
        var pane: PaneID
        var rect: Rect
    }

    /// What is in sight, by layout, focus and walkthrough.
    var places: [Place] {
        let layout = layout
        if layout.isNotice { return [] }
        let isWalking = walkthrough?.isVisible == true
        if layout.isZoomed || layout.kind == .tiny { return [Place(pane: focus, rect: layout.main)] }
        if let below = layout.secondary {
            guard isWalking else {
                return [Place(pane: .session, rect: layout.main), Place(pane: secondary, rect: below)]
            }
            // The walkthrough needs the height; the other panes are a key away.
            let shown = focus == .session ? .walkthrough : focus
            let whole = Rect(
                x: layout.main.x, y: layout.main.y, width: layout.main.width, height: layout.main.height + below.height)
            return [Place(pane: shown, rect: whole)]
        }
        var places = [Place(pane: .session, rect: layout.main)]
        if isWalking, let above = layout.explain, let below = layout.exchangers {
            let column = Rect(x: above.x, y: above.y, width: above.width, height: above.height + below.height)
            places.append(
                Place(pane: focus == .explanation || focus == .exchangers ? focus : .walkthrough, rect: column))
        } else {
            if let rect = layout.explain { places.append(Place(pane: .explanation, rect: rect)) }
            if let rect = layout.exchangers { places.append(Place(pane: .exchangers, rect: rect)) }
        }
        if let rect = layout.log { places.append(Place(pane: .log, rect: rect)) }
        return places
    }

    /// The inside of a pane as it stands, or as it would if it were shown.
    func room(of pane: PaneID) -> Pane.Room {
        let rect = places.first { $0.pane == pane }?.rect ?? layout.secondary ?? layout.main
        return Pane.Room(columns: rect.inset.width - 2, rows: rect.inset.height)
    }

    /// How many rows `pane` has in all at its present width.
    func contentRows(of pane: PaneID) -> Int { Pane[pane].content(self, room(of: pane).columns).count }

    /// Draws everything; in private without names.
    public var frame: Frame {
        guard isPrivate else { return drawn }
        let mask = mask
        return PrintableText.veiled(by: { mask.hide($0) }) { drawn }
    }

    private var drawn: Frame {
        var frame = Frame(size)
        let layout = layout
        if layout.isNotice {
            frame.draw(Row(noticeOfSmallness), at: 0, x: 0, width: size.columns)
            return frame
        }
        frame.draw(titleRow, at: layout.title.y, x: 0, width: size.columns)
        if let tabs = layout.tabs { frame.draw(tabRow, at: tabs.y, x: tabs.x, width: tabs.width) }
        var cursor: Frame.Position?
        for place in places {
            draw(place, in: &frame)
            if place.pane == focus { cursor = frame.cursor }
        }
        if !layout.isZoomed {
            if let rect = layout.transcript { drawTranscript(rect, in: &frame) }
            if let rect = layout.envelope { drawEnvelope(rect, in: &frame) }
        }
        frame.cursor = cursor
        frame.draw(tourRow ?? hintRow, at: layout.hint.y, x: 0, width: size.columns)
        drawMessage(layout.message, in: &frame)
        drawOverlay(in: &frame)
        return frame
    }

    private var noticeOfSmallness: PrintableText {
        say("Porthole needs 40x10; this is \(size.columns)x\(size.rows)")
    }

    private func draw(_ place: Place, in frame: inout Frame) {
        let pane = Pane[place.pane]
        let isFocused = place.pane == focus && prompt == nil
        var trailing = pane.trailing(self)
        if layout.isZoomed { trailing.append(Span("  " + say("ZOOM"), .badge)) }
        let title = title(of: place)
        // The pane's name stays whole; what is said beside it gives way from its left.
        let room = place.rect.width - 9 - title.reduce(0) { $0 + $1.text.width }
        while !trailing.isEmpty, trailing.reduce(0, { $0 + $1.text.width }) > room { trailing.removeFirst() }
        frame.box(
            place.rect, title: title, trailing: trailing, focused: isFocused,
            borders: settings.glyphs.borders)
        let inside = place.rect.inset
        frame.cursor = nil
        let (rows, below) = pane.rows(self, Pane.Room(columns: inside.width - 2, rows: inside.height))
        for (index, row) in rows.prefix(inside.height).enumerated() {
            var row = row
            if !isFocused { row.isSelected = false }
            row = row.marking(self.pane(place.pane).search)
            frame.draw(row, at: inside.y + index, x: inside.x + 1, width: inside.width - 2)
        }
        if below > 0 { drawMore(below, place.rect, in: &frame) }
    }

    /// How many rows there are below, in the bottom border: a pane that is cut says so.
    private func drawMore(_ count: Int, _ rect: Rect, in frame: inout Frame) {
        let text = " " + say("\(count) more") + " "
        guard rect.width > text.width + 4 else { return }
        frame.draw(Row([Span(text, .muted)]), at: rect.maxY - 1, x: rect.maxX - text.width - 2, width: text.width)
    }

    /// `1 Session`; the lower pane of the narrow layout names all that can stand there.
    private func title(of place: Place) -> [Span] {
        let role: Role = place.pane == focus ? .titleFocus : .title
        guard place.rect == layout.secondary else { return [Span(name(of: place.pane), role)] }
        var spans: [Span] = []
        for pane in [PaneID.explanation, .exchangers, .log] {
            if !spans.isEmpty { spans.append(Span("  ", .border)) }
            spans.append(Span(name(of: pane), pane == place.pane ? role : .muted))
            if let badge = badges[pane] { spans.append(Span(" +" + PrintableText(badge), .badge)) }
        }
        return spans
    }

    private func name(of pane: PaneID) -> PrintableText {
        let title = say(Pane[pane].title)
        return pane == .walkthrough ? title : PrintableText(pane.rawValue) + " " + title
    }

    private var tabRow: Row {
        var spans = [Span(" ")]
        for pane in [PaneID.session, .explanation, .exchangers, .log] {
            spans.append(Span(name(of: pane), pane == focus ? .titleFocus : .muted))
            if let badge = badges[pane] { spans.append(Span(" +" + PrintableText(badge), .badge)) }
            spans.append(Span("  "))
        }
        return Row(spans)
    }
}
