import Testing

@testable import Wire

@Suite("The history of a log's name")
struct NameHistoryTests {
    private var history = NameHistory(of: "mail.log")

    private mutating func missed(_ events: [DirectoryEvent], others: Int = 0) -> Int {
        _ = history.note(events)
        history.settle(others: others)
        return history.takeNews().missed
    }

    @Test("a file that was opened by its name is not missed, whatever becomes of it later")
    mutating func opened() {
        #expect(missed([.created("mail.log")]) == 0)
        #expect(missed([.deleted("mail.log"), .created("mail.log")]) == 0)
    }

    @Test("a file that came and was deleted, or lost its name to another one, before it was opened is missed")
    mutating func unopened() {
        #expect(missed([.created("mail.log"), .deleted("mail.log"), .created("mail.log")]) == 1)
        #expect(missed([.created("mail.log"), .movedHere("mail.log", move: 1)]) == 1)
    }

    @Test("a renamed file is missed only when it is deleted, packed or moved away under its new name")
    mutating func renamed() {
        let rotation: [DirectoryEvent] = [
            .created("mail.log"), .movedAway("mail.log", move: 1), .movedHere("mail.log.1", move: 1),
            .created("mail.log"),
        ]
        #expect(missed(rotation, others: 1) == 0)
        #expect(missed(rotation + [.created("mail.log.1.gz"), .deleted("mail.log.1")]) == 1)
        let away: [DirectoryEvent] = [
            .created("mail.log"), .movedAway("mail.log", move: 2), .created("mail.log"),
        ]
        // The second half of a renaming may be told a little later.
        #expect(missed(away) == 0)
        #expect(missed([]) == 1)
    }

    @Test("what was opened while the name changed hands is not missed")
    mutating func inDoubt() {
        _ = history.note([.created("mail.log")])
        history.openedInDoubt()
        #expect(missed([.deleted("mail.log"), .created("mail.log")]) == 0)
    }

    @Test("what the kernel could not tell of is said, and nothing is counted from before it")
    mutating func overflow() {
        #expect(missed([.created("mail.log"), .deleted("mail.log"), .overflowed]) == 0)
        _ = history.note([.overflowed])
        #expect(history.takeNews().isIncomplete)
        #expect(!history.takeNews().isIncomplete)
    }
}
