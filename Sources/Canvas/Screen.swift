/// What the terminal tells the program.
public enum ScreenEvent: Hashable, Sendable {
    case key(Key)
    /// The size changed; ask for it.
    case resized
    /// Somebody called the waker: there is something in the mailbox.
    case woken
    /// A signal that asks the program to end: TERM, HUP, or INT from outside.
    case terminated(signal: Int32)
    /// The terminal is gone.
    case hungUp
}

/// The terminal as the program loop sees it: two directions, nothing else. Used from the main thread only.
public protocol Screen: AnyObject {
    /// How much fits; it changes only before an event `resized`.
    var size: Size { get }
    /// Shows the frame; what did not change since the last one is not sent again.
    func present(_ frame: Frame)
    /// Blocks until something happened or the time is up; `nil` waits for ever.
    func wait(upTo limit: Duration?) -> [ScreenEvent]
    /// Gives the terminal back to the shell (Ctrl-Z); when it returns, the next `wait` says `resized`.
    func suspend()
    /// Paints everything again (Ctrl-L).
    func redraw()
    /// Paints with another theme from the next frame on.
    func use(_ theme: Theme)
    /// Puts base64 on the terminal's clipboard (OSC 52); whether it arrives cannot be known.
    func copy(base64 text: String)
    /// Whether the terminal reports mouse presses.
    var reportsMouse: Bool { get set }
    /// Gives the terminal back for good.
    func close()
}
