/// What joins lines and messages where Postfix itself writes no identifier for it.
extension LogGraph {
    /// The message came back from a content filter under a new queue id. It arrived over a connection of its own, from this
    /// very machine; what it is, is the rest of the old message.
    mutating func reinject(_ child: Int, from parent: Int) {
        guard messages[child].parent < 0 else { return }
        messages[child].connection = -1
        derive(child, from: parent, .reinjected)
    }

    /// Keeps the line for the message that the same process speaks of next.
    mutating func keepLooseLine(of process: UInt64) {
        let lines = looseLines[process, default: []]
        if looseLines.count > 4096 { looseLines = [:] }
        looseLines[process] = lines.suffix(63) + [ledger.count - 1]
    }

    /// Ties the lines that a process wrote before it named a message to that message: probable, never certain.
    mutating func takeLooseLines(of process: UInt64, to message: Int) {
        guard !looseLines.isEmpty, let lines = looseLines.removeValue(forKey: process) else { return }
        probableLines[message, default: []] += lines
    }
}
