import CNcurses
import Canvas
import Glibc

/// The terminal through ncurses: draws frames, reads keys, and is whole again whatever ends the program.
///
/// Only one may be open at a time, and only the main thread may use it: signal stacks and ncurses both want that thread,
/// and the class is not `Sendable`, so it cannot get to another one. Other threads reach it through `waker`.
///
/// Keys, colours and the cursor are those of `Screen`. Text written to stderr while the screen is up is kept back and
/// printed when it closes. Output goes to the controlling terminal, so stdin and stdout stay free for pipes.
public final class CursesScreen: Screen {
    /// The size of the terminal, as of the last event `resized`.
    public private(set) var size: Size
    /// How many colours are in use.
    public let depth: ColourDepth
    /// The terminal type in use, which is not always `TERM`.
    public let type: String
    /// Whether text other than ASCII can be shown. Where it cannot, borders become ASCII and the rest `?`.
    public let isUTF8: Bool
    /// Rings the bell of `wait`.
    public let waker = Waker()

    /// What decides how a cell is painted.
    private struct Look: Hashable {
        var role: Role
        var isSelected: Bool
    }

    private var theme: Theme
    private var pairs: ColourPairs
    private var decoder: KeyDecoder
    private var shown: Frame?
    private var isOpen = true
    /// What the next `wait` answers before it looks at the terminal.
    private var waiting: [ScreenEvent] = []
    private var cells: [CNCell] = []
    private var styles: [Look: ColourPairs.Painting] = [:]

    /// Takes the terminal.
    ///
    /// Tries `TERM`, then `xterm-256color`, `xterm` and `vt100`; a known terminal that cannot place a cursor ends the
    /// search.
    public static func open(theme: Theme, colour: ColourChoice = .auto) throws(TerminalFault) -> CursesScreen {
        let environment = TerminalEnvironment.present
        let isUTF8 = cn_use_locale()
        let terminal = cn_open_tty()
        guard terminal >= 0 else { throw noTerminal() }
        for type in environment.candidates(colour: colour) {
            switch unsafe cn_open(terminal, type) {
            case CNOpened:
                return CursesScreen(
                    type: type, isUTF8: isUTF8, theme: theme, environment: environment, colour: colour)
            case CNNoCursorAddressing:
                Glibc.close(terminal)
                throw .cannotPlaceCursor(type: type)
            case CNSystemFault:
                let reason = unsafe String(cString: strerror(errno))
                Glibc.close(terminal)
                throw .cannotOpen(reason: reason)
            default: continue
            }
        }
        Glibc.close(terminal)
        throw .unknownType(type: environment.type)
    }

    /// Why the controlling terminal could not be opened: mostly because there is none.
    private static func noTerminal() -> TerminalFault {
        let reason = errno
        guard reason == EMFILE || reason == ENFILE || reason == ENOMEM else { return .notATerminal }
        return .cannotOpen(reason: unsafe String(cString: strerror(reason)))
    }

    private init(
        type: String, isUTF8: Bool, theme: Theme, environment: TerminalEnvironment, colour: ColourChoice
    ) {
        (self.type, self.isUTF8, self.theme) = (type, isUTF8, theme)
        let colours = Int(cn_colours())
        depth = environment.depth(colours: colours, choice: colour)
        pairs = ColourPairs(colours: colours)
        decoder = KeyDecoder(escapeDelay: .milliseconds(environment.isRemote ? 100 : 50))
        size = Self.presentSize()
    }

    deinit { if isOpen { cn_close() } }

    /// Ends the process by the signal that asked for it, so that its status tells; gives the terminal back first.
    public static func die(of signal: Int32) -> Never { cn_die_of(signal) }

    /// Whether the terminal reports mouse presses. Off at the start: while it is on, the terminal's own way to mark text
    /// is gone.
    public var reportsMouse = false {
        didSet { if isOpen { cn_mouse(reportsMouse) } }
    }

    /// Puts a terminal right that a killed program left in raw mode or on its alternate screen.
    public static func reset() throws(TerminalFault) {
        let terminal = cn_open_tty()
        guard terminal >= 0 else { throw noTerminal() }
        defer { Glibc.close(terminal) }
        guard cn_reset(terminal) else { throw .cannotOpen(reason: unsafe String(cString: strerror(errno))) }
    }

    // MARK: Screen

    /// Paints what differs from the frame before.
    public func present(_ frame: Frame) {
        guard isOpen else { return }
        let runs = frame.differences(from: shown)
        guard !runs.isEmpty || shown?.cursor != frame.cursor else { return }
        for run in runs { paint(run, of: frame) }
        if let cursor = frame.cursor {
            cn_cursor(Int32(clamping: cursor.y), Int32(clamping: cursor.x))
        } else {
            cn_cursor(-1, 0)
        }
        cn_flush()
        shown = frame
    }

    /// Waits for keys, signals and the waker; with no limit for ever. An empty answer means that the time is up.
    public func wait(upTo limit: Duration?) -> [ScreenEvent] {
        guard isOpen else { return [.hungUp] }
        defer { waiting = [] }
        guard waiting.isEmpty else { return waiting }
        let end = limit.map { now + max($0, .zero) }
        while true {
            let until = [end, decoder.deadline].compactMap(\.self).min()
            let found = cn_wait(until.map { Self.milliseconds(from: now, to: $0) } ?? -1)
            let events = events(for: found) + waiting
            if !events.isEmpty { return events }
            if let end, now >= end { return [] }
        }
    }

    /// Gives the terminal to the shell, stops the job, and comes back with everything to be painted again.
    public func suspend() {
        guard isOpen else { return }
        cn_suspend()
        forget()
        // The window may be another by now, and has to be painted in any case.
        waiting.append(.resized)
    }

    /// Paints the frame that is shown once more, from the ground up.
    public func redraw() {
        guard isOpen else { return }
        cn_repaint()
        let frame = shown
        shown = nil
        if let frame { present(frame) }
    }

    /// Paints with another theme from the next frame on.
    public func use(_ theme: Theme) {
        self.theme = theme
        styles = [:]
        pairs.forget()
        shown = nil
    }

    /// The clipboard of the terminal, which over SSH is that of the operator's own machine.
    public func copy(base64 text: String) {
        guard isOpen else { return }
        unsafe text.withCString { unsafe cn_copy($0) }
    }

    /// Gives the terminal back and prints what stderr held. Once is enough, more does no harm.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        cn_close()
    }

    // MARK: input

    private func events(for found: UInt32) -> [ScreenEvent] {
        var events: [ScreenEvent] = []
        if has(CN_STOP_ASKED, in: found) {
            suspend()
        } else if has(CN_CONTINUED, in: found) {
            cn_resume()
            forget()
            events.append(.resized)
        }
        if has(CN_RESIZED, in: found) {
            cn_resize()
            forget()
            if events.isEmpty { events.append(.resized) }
        }
        if has(CN_END_ASKED, in: found) { events.append(.terminated(signal: cn_end_signal())) }
        if has(CN_WOKEN, in: found) { events.append(.woken) }
        var isGone = has(CN_HUNG_UP, in: found)
        if has(CN_INPUT, in: found) {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                unsafe cn_read(buffer.baseAddress, buffer.count)
            }
            if count < 0 { isGone = true }
            events += decoder.feed(bytes.prefix(max(0, count)), now: now).map { .key($0) }
        } else {
            events += decoder.tick(now: now).map { .key($0) }
        }
        if isGone { events.append(.hungUp) }
        return events
    }

    private func has(_ bit: Int, in found: UInt32) -> Bool { found & UInt32(bit) != 0 }

    private var now: Duration { .nanoseconds(cn_now()) }

    /// Rounded up, so that a wait never ends just before its time and is then repeated at full speed.
    private static func milliseconds(from now: Duration, to end: Duration) -> Int32 {
        let (seconds, attoseconds) = max(.zero, end - now).components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow else { return .max }
        return Int32(clamping: milliseconds.partialValue + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    // MARK: output

    private static func presentSize() -> Size {
        var rows: Int32 = 0
        var columns: Int32 = 0
        unsafe cn_size(&rows, &columns)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    /// What is on the terminal is no longer known.
    private func forget() {
        size = Self.presentSize()
        shown = nil
    }

    private func paint(_ run: Frame.Run, of frame: Frame) {
        cells.removeAll(keepingCapacity: true)
        for x in run.x..<(run.x + run.width) {
            let cell = frame[x, run.y]
            let painting = painting(of: Look(role: cell.role, isSelected: cell.isSelected))
            let marks = cell.glyph.markScalars
            cells.append(
                CNCell(
                    base: cell.glyph.base.value,
                    marks: (marks.0.value, marks.1.value, marks.2.value, marks.3.value), pair: painting.pair,
                    width: cell.glyph.width, attributes: painting.attributes))
        }
        unsafe cells.withUnsafeBufferPointer { buffer in
            unsafe cn_put(Int32(run.y), Int32(run.x), buffer.baseAddress, buffer.count)
        }
    }

    private func painting(of look: Look) -> ColourPairs.Painting {
        if let known = styles[look] { return known }
        let painting = pairs.painting(of: theme.style(of: look.role, isSelected: look.isSelected, at: depth))
        styles[look] = painting
        return painting
    }
}
