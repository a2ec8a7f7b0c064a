import Dashboard
import MailLog
import Runtime
import Testing

@Suite("Floods")
struct FloodTests {
    @Test("a source that writes faster than the program reads waits, and nothing of it is lost")
    func patience() async {
        let mailbox = Mailbox {}
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<100 {
                    await mailbox.postPatiently(.followed(source: number, .caughtUp))
                }
            }
            var (taken, most) = ([Int](), 0)
            while taken.count < 100 {
                let batch = mailbox.take()
                most = max(most, batch.count)
                for case .followed(let source, .caughtUp) in batch { taken.append(source) }
                await Task.yield()
            }
            #expect(taken == Array(0..<100))
            #expect(most <= 10)
        }
    }
}
