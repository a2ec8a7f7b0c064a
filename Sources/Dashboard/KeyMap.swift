import Canvas
import MailVocabulary

/// One row a key: the hint bar, the help and the reading of keys all come from this table.
public struct KeyMap: Sendable {
    public struct Entry: Sendable {
        public let key: Key
        public let intent: Intent
        /// As the help and the hints write it.
        public let name: String
        /// One or two words for the hint row; empty keeps the key out of it.
        public let label: Phrase
        public let help: Phrase
        /// Where the key means this; empty: everywhere.
        public let panes: [PaneID]
    }

    private static func row(
        _ key: Key, _ intent: Intent, _ name: String, _ label: Phrase, _ help: Phrase,
        in panes: [PaneID] = []
    ) -> Entry {
        Entry(key: key, intent: intent, name: name, label: label, help: help, panes: panes)
    }

    /// What `key` means in `pane`: a row of the pane itself goes before a row for everywhere.
    public static func intent(for key: Key, in pane: PaneID, of table: [Entry] = all) -> Intent? {
        table.first { $0.key == key && $0.panes.contains(pane) }?.intent
            ?? table.first { $0.key == key && $0.panes.isEmpty }?.intent
    }

    /// The table.
    public static let all: [Entry] = [
        row(.character("n"), .walkNext, "n", "next", "do this step, then go to the next one", in: [.walkthrough]),
        row(.character("b"), .walkBack, "b", "back", "the step before", in: [.walkthrough]),
        row(.character("s"), .walkSkip, "s", "skip", "leave this step out", in: [.walkthrough]),
        row(.character("r"), .walkAgain, "r", "again", "find this step's facts out anew", in: [.walkthrough]),
        row(.character("a"), .walkOffer(0), "a", "", "the step's first offer", in: [.walkthrough]),
        row(.character("i"), .walkOffer(1), "i", "", "the step's second offer", in: [.walkthrough]),
        row(.character("u"), .walkOffer(2), "u", "", "the step's third offer", in: [.walkthrough]),
        row(.character("y"), .walkYes, "y", "", "yes, to the step's question", in: [.walkthrough]),
        row(.character("N"), .walkNo, "N", "", "no, to the step's question", in: [.walkthrough]),
        row(.character("c"), .command, "c", "command", "type a command to the server", in: [.session]),
        row(.character("E"), .explainLine, "E", "", "log: explain the reply in this line", in: [.log]),
        row(.character("d"), .anyName, "d", "name", "look any name or address up; none: all again", in: [.exchangers]),
        row(
            .enter, .open, "Enter", "",
            "transcript; log: the line's message; MX/DNS: answers in detail"),
        row(.character("r"), .run, "r", "run", "go on by the plan, up to RCPT; connects first if need be"),
        row(.character("R"), .runAnew, "R", "", "start again on a new connection and run up to RCPT"),
        row(.character("S"), .send, "S", "send", "really send the test message: asks first"),
        row(.character("w"), .walk, "w", "walk", "the guided walkthrough, or back from it"),
        row(
            .character("e"), .edit, "e", "edit",
            "envelope, TLS, login, services, connection, message: all options"),
        row(
            .character("0"), .overview, "0", "", "overview: the gateway's state, and what needs you first"),
        row(.character("."), .nextFinding, ".", "", "the evidence of the next finding of the overview"),
        row(.character(","), .previousFinding, ",", "", "the evidence of the finding before"),
        row(.character("W"), .walkthroughs, "W", "", "the walkthroughs: choose one"),
        row(.character("m"), .matrix, "m", "", "every mail exchanger side by side: the same rehearsal with each"),
        row(.character("M"), .burst, "M", "", "a burst of messages to your own gateway: asks first"),
        row(.character("K"), .keepWaiting, "K", "", "wait on for this reply, without a limit"),
        row(.character("U"), .stopWaiting, "U", "", "wait no longer for this reply, and go on without it"),
        row(.character("<"), .previousRun, "<", "", "the session before this one"),
        row(.character(">"), .nextRun, ">", "", "the session after this one"),
        row(.character("H"), .saved, "H", "", "the saved sessions: open, replay, compare"),
        row(.character("V"), .compare, "V", "", "this session beside the one before it: what differs"),
        row(.character("o"), .connect, "o", "", "open a connection without running on"),
        row(.character("d"), .names, "d", "DNS", "look the names up again"),
        row(.character("p"), .probe, "p", "probe", "do what the explanation proposes first"),
        row(.character("E"), .explain, "E", "", "explain a reply that you type or paste"),
        row(.character("L"), .logLines, "L", "log", "the log lines of our message or connection"),
        row(.character("f"), .cycleFilter, "f", "filter", "log: all lines, our connection, our message"),
        row(.character("F"), .typedFilter, "F", "", "log: only lines with a text"),
        row(.character(" "), .pause, "Space", "", "log: stand still, or follow again", in: [.log]),
        row(.character("t"), .nextLog, "t", "", "log: the next of the logs that are followed", in: [.log]),
        row(.character("/"), .search, "/", "find", "search in the focused pane"),
        row(.character("n"), .searchNext, "n", "", "next hit"),
        row(.character("N"), .searchPrevious, "N", "", "previous hit"),
        row(.character("y"), .copy, "y", "", "copy the selected row, to the terminal and a file"),
        row(.character("x"), .export, "x", "export", "write a report of this incident"),
        row(.character("P"), .privacy, "P", "", "hide local parts and IP addresses, on the screen and in reports"),
        row(.character("!"), .deviations, "!", "", "the session's deviations from the protocol, and their bytes"),
        row(.character("v"), .rawBytes, "v", "", "the transcript's bytes, escaped, instead of text"),
        row(.character("J"), .otherLanguage, "J", "", "the other language: English or Japanese"),
        row(.character("T"), .theme, "T", "", "the next theme"),
        row(.character("Q"), .goodbye, "Q", "", "say QUIT to the server"),
        row(.character("D"), .drop, "D", "", "drop the connection without a word"),
        row(.tab, .nextPane, "Tab", "pane", "the next pane"),
        row(.backTab, .previousPane, "Shift-Tab", "", "the pane before"),
        row(.character("1"), .pane(.session), "1", "", "the session"),
        row(.character("2"), .pane(.explanation), "2", "", "the explanation"),
        row(.character("3"), .pane(.exchangers), "3", "", "MX and DNS"),
        row(.character("4"), .pane(.log), "4", "", "the log"),
        row(.character("z"), .zoom, "z", "zoom", "this pane alone, or all again"),
        row(.character("="), .cycleLayout, "=", "", "another layout"),
        row(.up, .up, "Up", "", "one row up"), row(.character("k"), .up, "k", "", "one row up"),
        row(.down, .down, "Down", "", "one row down"), row(.character("j"), .down, "j", "", "one row down"),
        row(.left, .left, "Left", "", "to the left"), row(.character("h"), .left, "h", "", "to the left"),
        row(.right, .right, "Right", "", "to the right"), row(.character("l"), .right, "l", "", "to the right"),
        row(.pageUp, .pageUp, "PgUp", "", "a page up"), row(.pageDown, .pageDown, "PgDn", "", "a page down"),
        row(.home, .first, "Home", "", "to the first row"), row(.character("g"), .first, "g", "", "to the first row"),
        row(.end, .last, "End", "", "to the last row"),
        row(.character("G"), .last, "G", "", "to the last row; in the log: follow again"),
        row(.character(":"), .palette, ":", "cmd", "commands by name"),
        row(.control("p"), .palette, "Ctrl-P", "", "commands by name"),
        row(.character("?"), .help, "?", "help", "this list"),
        row(.escape, .back, "Esc", "", "close, or back; never quits"),
        row(.control("c"), .interrupt, "Ctrl-C", "", "cut the waiting short; twice: quit"),
        row(.control("z"), .suspend, "Ctrl-Z", "", "back to the shell for a while"),
        row(.control("l"), .redraw, "Ctrl-L", "", "paint everything again"),
        row(.character("q"), .quit, "q", "quit", "quit"),
    ]
}
