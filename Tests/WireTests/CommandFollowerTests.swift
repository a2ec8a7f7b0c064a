import MailLog
import Testing
import Wire

@Suite("Command follower")
struct CommandFollowerTests {
    @Test("a command comes to its end, whatever else is started at the same moment", .timeLimit(.minutes(2)))
    func ends() async {
        let others = (0..<16).map { _ in
            Task { for await _ in CommandFollower("exec tail -f /dev/null").events() {} }
        }
        defer { others.forEach { $0.cancel() } }
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for await event in CommandFollower("echo gone >&2; exit 3").events() {
                        if case .gap(let sentence) = event { return sentence }
                    }
                    return "no end"
                }
            }
            for await sentence in group { #expect(sentence.contains("stopped with status 3 (gone)"), "\(sentence)") }
        }
    }

    @Test("a command that ends well has ended, and is not started again", .timeLimit(.minutes(2)))
    func well() async {
        var (texts, events) = ([String](), [LogSourceEvent]())
        for await event in CommandFollower("echo one; echo two").events() {
            if case .lines(let lines) = event { texts += lines.map { String(decoding: $0.bytes, as: UTF8.self) } }
            events.append(event)
        }
        #expect(texts == ["one", "two"])
        #expect(events.last == .ended)
    }

    @Test("what a command that failed says a second time is not counted twice", .timeLimit(.minutes(2)))
    func again() async {
        var (texts, runs) = ([String](), 0)
        for await event in CommandFollower("echo one; echo two; exit 3").events() {
            if case .lines(let lines) = event { texts += lines.map { String(decoding: $0.bytes, as: UTF8.self) } }
            if case .gap(let sentence) = event {
                runs += 1
                #expect(sentence.contains("stopped with status 3"))
            }
            if runs == 2 { break }
        }
        #expect(texts == ["one", "two"])
    }
}
