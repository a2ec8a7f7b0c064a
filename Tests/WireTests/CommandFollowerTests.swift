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
}
