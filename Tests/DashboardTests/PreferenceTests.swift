import Canvas
import MailVocabulary
import SMTP
import Testing
import Triage

@testable import Dashboard

@Suite("Preferences")
struct PreferenceTests {
    private func run(_ line: String, in story: inout Story) {
        story.press(.character(":"))
        story.type(line)
        story.press(.enter)
    }

    @Test(":set changes a value and says so, and a bad value changes nothing")
    func setting() {
        var story = Story()
        run("set tls required", in: &story)
        #expect(story.dashboard.settings.tls == .required)
        run("set tls perhaps", in: &story)
        #expect(story.dashboard.settings.tls == .required)
        #expect(story.screen.contains("offered, required or never"))
        run("set colour on", in: &story)
        #expect(story.screen.contains("nothing is called colour"))
        run("set to nobody@example.test", in: &story)
        #expect(story.dashboard.settings.recipients.first?.forwardPath == "nobody@example.test")
        run("set from \"\"", in: &story)
        #expect(story.dashboard.settings.reversePath.isEmpty)
    }

    @Test(":set alone lists what can be set with its values, and Enter begins to change it")
    func list() {
        var story = Story(100, 30)
        run("set", in: &story)
        for preference in Preference.all { #expect(story.screen.contains(preference.name), "\(preference.name)") }
        story.press(.enter)
        #expect(story.screen.contains(":set helo "))
    }

    @Test("every line of the form is set by its name, too, and a value that is none of its own changes nothing")
    func lines() {
        var story = Story()
        run("set raw-file /tmp/message.eml", in: &story)
        #expect(OptionField["raw file"]?.read(story.dashboard.settings) == "/tmp/message.eml")
        #expect(story.screen.contains("raw-file is now /tmp/message.eml"))
        run("set raw-file \"\"", in: &story)
        #expect(OptionField["raw file"]?.read(story.dashboard.settings) == "")
        run("set proxy-header PROXY UNKNOWN", in: &story)
        #expect(story.dashboard.settings.connection.proxyLine == "PROXY UNKNOWN")
        run("set pipelining perhaps", in: &story)
        #expect(story.screen.contains("pipelining takes one of: no, yes"))
        run("set proxy-header 1 x", in: &story)
        #expect(story.dashboard.settings.connection.proxyLine == "PROXY UNKNOWN")
        #expect(story.screen.contains("address:port"))
        let words = OptionField.all.map(\.word)
        #expect(Set(words).count == words.count)
    }

    @Test("what is set against another line is said with that line, and what has no effect is no success")
    func contradictions() {
        var story = Story(160, 30)
        run("set acts-as bob", in: &story)
        #expect(story.screen.contains("what it belongs to is not set"), "\(story.screen)")
        run("set pipe cat", in: &story)
        #expect(story.dashboard.notice?.tone == .good, "\(story.screen)")
        run("set source 127.0.0.1", in: &story)
        #expect(story.dashboard.notice?.tone == .bad, "\(story.screen)")
    }

    @Test("read-only cannot be taken back")
    func readOnly() {
        var story = Story()
        run("set readonly on", in: &story)
        run("set readonly off", in: &story)
        #expect(story.dashboard.settings.isReadOnly)
    }

    @Test("without a clock nothing on the screen depends on time")
    func clock() {
        var story = Story()
        story.rehearse()
        #expect(story.dashboard.nextTick != nil)
        run("set clock off", in: &story)
        #expect(story.dashboard.nextTick == nil)
    }

    @Test("a changed key does what it was given, its old meaning is gone, and the hints say the new key")
    func keys() throws {
        var story = Story(120, 40)
        let change = try KeyChange(key: "F5", action: "run")
        story.dashboard.settings.keyChanges = [change, try KeyChange(key: "x", action: "zoom")]
        #expect(story.screen.contains("F5 run"))
        story.press(.character("x"))
        #expect(story.dashboard.isZoomed)
        story.press(.function(5))
        #expect(!story.effects.filter { if case .converse = $0 { true } else { false } }.isEmpty)
    }

    @Test("a key or action that there is not, and a key that is kept, say what would be right")
    func badKeys() {
        #expect(throws: PreferenceFault.self) { try KeyChange(key: "Hyper-x", action: "run") }
        #expect(throws: PreferenceFault.self) { try KeyChange(key: "x", action: "fly") }
        for kept in ["Esc", "Ctrl-C", ":", "[", "O"] {
            #expect(throws: PreferenceFault.self, "\(kept)") { try KeyChange(key: kept, action: "run") }
        }
    }

    @Test("every key of the table can be named, and its name read back")
    func names() {
        for entry in KeyMap.all {
            #expect(Key(name: entry.key.name) == entry.key, "\(entry.name)")
            #expect(entry.key.name == entry.name)
        }
    }
}

@Suite("Copying and pointing")
struct PointingTests {
    @Test("y copies the selected row as printable text, in private without names")
    func copying() {
        var story = Story(120, 40)
        story.rehearse()
        story.press(.character("y"))
        #expect(
            story.effects.last == .copy("RCPT TO:<user@example.test>  250 recipient <user@example.test> ok")
                || story.effects.contains {
                    if case .copy(let text) = $0 { text.contains("user@example.test") } else { false }
                })
        story.press(.character("P"), .character("y"))
        guard case .copy(let hidden)? = story.effects.last else { return #expect(Bool(false), "nothing copied") }
        #expect(!hidden.contains("user@"))
    }

    @Test("a click goes to a pane and chooses its row, the wheel scrolls what is under it")
    func mouse() throws {
        var story = Story(120, 40, catalogue: try Catalogue.shared())
        story.rehearse()
        story.log(Logs.delivered)
        story.act(.pressed(.mouse(button: 0, column: 5, row: 3, isPressed: true)))
        #expect(story.dashboard.focus == .session)
        #expect(story.dashboard.cursor(.session) == 0 || story.dashboard.cursor(.session) == 1)
        let last = story.dashboard.layout.hint.y - 5
        story.act(.pressed(.mouse(button: 64, column: 5, row: last, isPressed: true)))
        #expect(story.dashboard.focus == .session)
        #expect(story.screen.contains("PAUSED"))
        story.act(.pressed(.mouse(button: 0, column: 5, row: last, isPressed: true)))
        #expect(story.dashboard.focus == .log)
    }

    @Test("W lists the walkthroughs, and a digit begins one")
    func walkthroughs() {
        var story = Story(100, 40)
        story.press(.character("W"))
        #expect(story.screen.contains("why does the server greet so late?") || story.screen.contains("banner"))
        story.press(.character("4"))
        #expect(story.dashboard.walkthrough?.procedureID == "recipient")
        #expect(story.dashboard.focus == .walkthrough)
    }

    @Test(":checkhealth asks for the facts and shows them with their advice")
    func health() {
        var story = Story(100, 30)
        story.press(.character(":"))
        story.type("checkhealth")
        story.press(.enter)
        #expect(story.effects.last == .examineHealth)
        story.act(.examined([.characters(isUTF8: false), .nameServer(nil)]))
        #expect(story.screen.contains("set LC_ALL=C.UTF-8"))
        #expect(story.screen.contains("--resolver ADDRESS"))
        #expect(story.screen.contains("2 faults"))
    }
}
