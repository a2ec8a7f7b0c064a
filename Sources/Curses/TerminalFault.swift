/// Why there can be no full screen, in one sentence with what to do.
public enum TerminalFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The program has no controlling terminal.
    case notATerminal
    /// A system call failed while the terminal was set up.
    case cannotOpen(reason: String)
    /// The terminal cannot place a cursor, `TERM=dumb` for one.
    case cannotPlaceCursor(type: String)
    /// Neither the type nor any of the common ones after it has a description on this machine.
    case unknownType(type: String)

    /// One sentence, without a line end.
    public var description: String {
        switch self {
        case .notATerminal:
            "the dashboard needs a terminal, and this process has none; use --plain or one of the other commands"
        case .cannotOpen(let reason):
            "cannot set up the terminal: \(reason)"
        case .cannotPlaceCursor(let type):
            "a terminal of type \"\(type)\" cannot place a cursor; set TERM to what it really is, or use --plain"
        case .unknownType(let type):
            "no description of terminal type \"\(type)\" is installed, nor of xterm-256color, xterm or vt100; "
                + "install ncurses-base, or use --plain"
        }
    }
}
