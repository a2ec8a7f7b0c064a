import Canvas
import MailVocabulary
import Testing

@testable import Dashboard

@Suite("Key map")
struct KeyMapTests {
    @Test("no key means two things in one place")
    func unique() {
        for pane in PaneID.allCases {
            for key in Set(KeyMap.all.map(\.key)) {
                #expect(KeyMap.all.filter { $0.key == key && $0.panes.contains(pane) }.count <= 1, "\(key) in \(pane)")
            }
        }
        for key in Set(KeyMap.all.map(\.key)) {
            #expect(KeyMap.all.filter { $0.key == key && $0.panes.isEmpty }.count <= 1, "\(key)")
        }
    }

    @Test("the tails of a split escape sequence do nothing")
    func tails() {
        for scalar in "OABC[~".unicodeScalars {
            for pane in PaneID.allCases { #expect(KeyMap.intent(for: .character(scalar), in: pane) == nil) }
        }
    }

    @Test("every key says what it does")
    func help() {
        for entry in KeyMap.all { #expect(entry.help.key.utf8.count > 3) }
    }
}
