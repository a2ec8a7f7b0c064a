/// A screen without a terminal: it keeps the frames it is shown and hands out the events it was given, for tests and
/// for printing a frame.
public final class TextScreen: Screen {
    /// The size it pretends to have.
    public private(set) var size: Size
    /// All that was shown, oldest first.
    public private(set) var frames: [Frame] = []
    /// The themes asked for, oldest first.
    public private(set) var themes: [Theme] = []
    /// How often it was suspended.
    public private(set) var suspensions = 0
    /// How often it was asked to paint everything again.
    public private(set) var redraws = 0
    /// Whether it was closed.
    public private(set) var isClosed = false
    /// What `wait` was asked for, oldest first.
    public private(set) var waits: [Duration?] = []
    private var script: [[ScreenEvent]]

    /// A screen that answers each `wait` with the next batch of the script, and with `hungUp` when there is none left,
    /// so that a program under test always comes to its end.
    public init(size: Size = Size(columns: 80, rows: 24), script: [[ScreenEvent]] = []) {
        (self.size, self.script) = (size, script)
    }

    /// What the last frame says, as text.
    public var lastText: String { frames.last?.text() ?? "" }

    /// Adds a batch at the end of the script.
    public func feed(_ events: [ScreenEvent]) { script.append(events) }

    /// Adds keys at the end of the script, each in a batch of its own.
    public func type(_ keys: [Key]) { script += keys.map { [.key($0)] } }

    /// Changes the size and says so in the next batch.
    public func resize(to size: Size) {
        self.size = size
        script.insert([.resized], at: 0)
    }

    /// Keeps the frame.
    public func present(_ frame: Frame) { frames.append(frame) }

    /// The next batch of the script.
    public func wait(upTo limit: Duration?) -> [ScreenEvent] {
        waits.append(limit)
        return script.isEmpty ? [.hungUp] : script.removeFirst()
    }

    /// Counts.
    public func suspend() { suspensions += 1 }
    /// Counts.
    public func redraw() { redraws += 1 }
    /// Keeps the theme.
    public func use(_ theme: Theme) { themes.append(theme) }
    /// Notes it.
    /// What was put on the clipboard.
    public private(set) var copies: [String] = []

    public func copy(base64 text: String) { copies.append(text) }

    public var reportsMouse = false

    public func close() { isClosed = true }
}
