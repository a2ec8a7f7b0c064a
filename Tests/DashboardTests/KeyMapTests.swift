import Canvas
import Testing
import Triage

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
        for entry in KeyMap.all { #expect(entry.help.utf8CodeUnitCount > 3) }
    }
}

@Suite("Panel labels")
struct PanelLabelTests {
    @Test("fit their column in every language")
    func widths() {
        for label in PanelLabel.allCases {
            for language in Language.allCases { #expect((1...7).contains(label.text(in: language).width)) }
        }
    }
}
