/// A key as the decoder understood it.
public enum Key: Hashable, Sendable {
    case character(Unicode.Scalar)
    /// Ctrl with a letter, `control("c")`; also `control("[")` and kin.
    case control(Unicode.Scalar)
    case alt(Unicode.Scalar)
    case enter, tab, backTab, backspace, delete, insert, escape
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
    /// A bracketed paste, whole: at most 1 MiB, line ends as LF, and otherwise as it came, so perhaps with control
    /// characters.
    case paste(String)
    case focusGained, focusLost
    case mouse(button: Int, column: Int, row: Int, isPressed: Bool)
}
