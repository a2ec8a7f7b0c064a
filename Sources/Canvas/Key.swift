/// A key as the decoder understood it.
public enum Key: Hashable, Sendable {
    /// A character as it was typed; never a control character.
    case character(Unicode.Scalar)
    /// Ctrl with a letter, `control("c")`; also `control("[")` and kin.
    case control(Unicode.Scalar)
    /// Alt with an ASCII character, or ESC and the character within the time of one key.
    case alt(Unicode.Scalar)
    case enter, tab, backTab, backspace, delete, insert, escape
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
    /// A bracketed paste, whole: at most 1 MiB, line ends as LF, and otherwise as it came, so perhaps with control
    /// characters.
    case paste(String)
    /// The terminal's window came to the front, or went.
    case focusGained, focusLost
    /// A button or the wheel (64 up, 65 down) as xterm numbers them; cells count from 0.
    case mouse(button: Int, column: Int, row: Int, isPressed: Bool)
}
