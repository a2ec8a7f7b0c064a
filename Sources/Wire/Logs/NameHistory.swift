/// The files that had a log's name, as the directory tells of them, from the moment they have it until they are opened.
///
/// One that is deleted before that is a loss that nobody can prevent any more, and that would otherwise leave no trace: the
/// next file looks like the first one after the last.
struct NameHistory {
    private let name: String
    /// The names that files have now which had the log's name and were not opened.
    private var unopened: Set<String> = []
    /// Renamings of such files whose second half has not been told yet, and whether it was missing at the last count already.
    private var moves: [UInt32: Bool] = [:]
    /// Such files that are gone.
    private var gone = 0
    /// Files that were opened while the name changed hands, so that nobody knows which of them they are.
    private var doubtful = 0
    /// Files that had the name and were never read, since this was last asked.
    private(set) var missed = 0
    /// Whether the kernel could not tell of everything, since this was last asked.
    private(set) var isIncomplete = false

    /// - Parameter name: without its directory.
    init(of name: String) { self.name = name }

    /// Takes in what the directory told.
    /// - Returns: whether the log's name changed hands.
    mutating func note(_ events: [DirectoryEvent]) -> Bool {
        var hasChanged = false
        for event in events {
            switch event {
            case .created(let name) where name == self.name:
                hasChanged = true
                unopened.insert(name)
            case .deleted(let name):
                hasChanged = hasChanged || name == self.name
                if unopened.remove(name) != nil { gone += 1 }
            case .movedAway(let name, let move):
                hasChanged = hasChanged || name == self.name
                if unopened.remove(name) != nil { moves[move] = false }
            case .movedHere(let name, let move):
                hasChanged = hasChanged || name == self.name
                // What had the name before is gone with that.
                if unopened.remove(name) != nil { gone += 1 }
                if moves.removeValue(forKey: move) != nil || name == self.name { unopened.insert(name) }
            case .overflowed:
                (unopened, moves, gone, isIncomplete, hasChanged) = ([], [:], 0, true, true)
            case .created: break
            }
        }
        return hasChanged
    }

    /// A file was opened by the log's name, which may have changed hands meanwhile.
    mutating func openedInDoubt() { doubtful += 1 }

    /// The name has not changed hands since the file that has it was opened.
    /// - Parameter others: how many files that had the name before it were opened, too.
    mutating func settle(others: Int) {
        unopened.remove(name)
        count(others: others)
        unopened = []
    }

    /// No file has the name.
    mutating func settleWithout(others: Int) {
        count(others: others)
        unopened = unopened.intersection([name])
    }

    /// Of the files that had the name, those are missed that are gone and were not opened in time. What was opened under
    /// another name, or in time, is none of them.
    private mutating func count(others: Int) {
        let lost = moves.values.count { $0 }
        moves = moves.filter { !$0.value }.mapValues { _ in true }
        let inTime = max(0, others + doubtful - unopened.subtracting([name]).count)
        missed += max(0, gone + lost - inTime)
        (gone, doubtful) = (0, 0)
    }

    /// What has to be said, once.
    mutating func takeNews() -> (missed: Int, isIncomplete: Bool) {
        defer { (missed, isIncomplete) = (0, false) }
        return (missed, isIncomplete)
    }
}
