import Canvas
import MailVocabulary

/// A guided look at every pane, over the built-in gateway: keys that press themselves, with a caption for each.
public struct Tour: Hashable, Sendable {
    /// One stop.
    struct Stop: Sendable {
        let caption: Phrase
        /// Pressed when the stop begins.
        let keys: [Key]
        /// How long it stays; long enough to be read.
        let stays: Duration

        init(_ caption: Phrase, _ keys: Key..., stays seconds: Int = 9) {
            (self.caption, self.keys, stays) = (caption, keys, .seconds(seconds))
        }
    }

    /// Index of the stop in sight; -1 before the first.
    var place = -1
    /// When the next one begins, in program time.
    var next = Duration.zero

    /// The stop in sight.
    var stop: Stop? { Self.stops.indices.contains(place) ? Self.stops[place] : nil }

    /// About two minutes in all.
    static let stops: [Stop] = [
        Stop("the session: each step, its reply, its time", .character("1"), stays: 7),
        Stop("r runs up to RCPT: nothing is sent", .character("r"), stays: 10),
        Stop("what the reply means, and who must act", .character("2")),
        Stop("MX and DNS: servers, times, what is wrong", .character("3")),
        Stop("S asks before anything is sent; Enter is inert", .character("1"), .character("S"), stays: 7),
        Stop("S again: one message, to the built-in gateway", .character("S")),
        Stop("the log follows that very message to its end", .character("4"), stays: 10),
        Stop(
            "another recipient: refused, and why", .character(":"), .paste("set to nobody@example.test"), .enter,
            .character("1"), .character("R"), stays: 11),
        Stop("0: the overview, the gravest finding first", .character("0")),
        Stop(". goes to the evidence of a finding", .escape, .character("."), stays: 8),
        Stop("W: walkthroughs, for whoever does this once a year", .character("W")),
        Stop("m: every mail exchanger side by side", .escape, .character("m"), stays: 10),
        Stop("x: a report, with names hidden if you like", .escape, .character("x"), stays: 7),
        Stop(": finds every command by some of its letters", .escape, .character(":"), stays: 7),
        Stop("? lists every key; q quits: it is yours now", .escape, .character("?"), stays: 7),
    ]
}

extension Dashboard {
    /// Begins the tour.
    public mutating func beginTour() { tour = Tour() }

    /// Goes on when it is time.
    mutating func tourByItself() -> [Effect] {
        guard let tour, now >= tour.next else { return [] }
        return tourOn()
    }

    /// To the next stop; behind the last one the tour is over.
    private mutating func tourOn() -> [Effect] {
        guard var tour else { return [] }
        tour.place += 1
        guard let stop = tour.stop else {
            self.tour = nil
            (prompt, notice) = (nil, Notice("the tour is over: everything here is yours", .good))
            return []
        }
        tour.next = now + stop.stays
        self.tour = tour
        return stop.keys.flatMap { press($0) }
    }

    private mutating func press(_ key: Key) -> [Effect] {
        if case .confirmSending = prompt { prompt = .confirmSending(armedAt: now) }
        return pressed(key)
    }

    /// A key of the operator while the tour is on: `n` goes on, Esc ends it, any other ends it and does what it does.
    mutating func pressedInTour(_ key: Key) -> [Effect] {
        switch key {
        case .character("n"), .character(" "), .enter: return tourOn()
        case .focusGained, .focusLost, .mouse, .paste: return []
        case .control("l"): return [.redraw]
        case .control("z"): return [.suspend]
        case .escape:
            (tour, prompt) = (nil, nil)
            notice = Notice("the tour is over: everything here is yours", .good)
            return []
        case .character, .control, .alt, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
            .end, .pageUp, .pageDown, .function:
            (tour, prompt) = (nil, nil)
            return pressed(key)
        }
    }

    /// The caption, in the place of the hints.
    var tourRow: Row? {
        guard let tour, let stop = tour.stop else { return nil }
        return Row(
            [
                Span(" "), Span(say("TOUR \(tour.place + 1)/\(Tour.stops.count)"), .badge), Span("  "),
                Span(say(stop.caption), .title),
            ],
            trailing: [
                Span("n", .hintKey), Span(" " + say("next") + "  ", .muted), Span("Esc", .hintKey),
                Span(" " + say("end") + " ", .muted),
            ])
    }
}
