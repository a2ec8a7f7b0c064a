import Glibc

/// Asks on the terminal of the operator, whatever the standard streams are.
enum BurstQuestion {
    /// The line that was typed; `nil` without a terminal.
    static func answer(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        Output.ask(question)
        return readLine()
    }
}
