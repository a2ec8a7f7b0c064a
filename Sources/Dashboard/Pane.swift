import Canvas
import MailVocabulary

/// A region of the screen: its title and its rows, made from the state. It holds nothing of its own.
public struct Pane: Sendable {
    /// The inside of a pane, in cells.
    public struct Room: Hashable, Sendable {
        public var columns: Int
        public var rows: Int
    }

    /// How the rows come about.
    enum Content: Sendable {
        /// All rows at a width; the pane scrolls over them by its offset.
        case scrolling(@Sendable (Dashboard, Int) -> [Row])
        /// Just the rows that fit: for panes with a cursor or many rows.
        case window(@Sendable (Dashboard, Room) -> [Row])
    }

    let id: PaneID
    let title: Phrase
    /// The right end of the title line.
    let trailing: @Sendable (Dashboard) -> [Span]
    private let source: Content

    init(
        id: PaneID, title: Phrase, trailing: @escaping @Sendable (Dashboard) -> [Span], _ source: Content
    ) {
        (self.id, self.title, self.trailing, self.source) = (id, title, trailing, source)
    }

    /// The rows to show in `room`, and how many more there are below them.
    func rows(_ dashboard: Dashboard, _ room: Room) -> (shown: [Row], below: Int) {
        switch source {
        case .window(let rows): return (rows(dashboard, room), 0)
        case .scrolling(let content):
            let rows = content(dashboard, room.columns)
            let offset = min(dashboard.pane(id).offset, max(0, rows.count - room.rows))
            let shown = Array(rows[offset...].prefix(room.rows))
            return (shown, rows.count - offset - shown.count)
        }
    }

    /// All rows of a scrolling pane; of the others what would fit on a very tall screen.
    func content(_ dashboard: Dashboard, _ columns: Int) -> [Row] {
        switch source {
        case .window(let rows): rows(dashboard, Room(columns: columns, rows: 500))
        case .scrolling(let content): content(dashboard, columns)
        }
    }

    static subscript(id: PaneID) -> Pane {
        switch id {
        case .session: .session
        case .explanation: .explanation
        case .exchangers: .exchangers
        case .log: .log
        case .walkthrough: .walkthrough
        }
    }
}

extension Pane {
    /// The registry. A new pane is one file in `Panes/`, its id, and one name here.
    public static let all: [Pane] = [.session, .explanation, .exchangers, .log, .walkthrough]

    /// The index of the first row to show, so that `cursor` is in sight and the end is not left.
    static func top(cursor: Int?, count: Int, height: Int) -> Int {
        guard count > height, let cursor else { return max(0, count - height) }
        return min(max(0, cursor - height * 2 / 3), count - height)
    }
}
