import Dashboard
import MailLog
import Runtime
import Testing

@Suite("Floods")
struct FloodTests {
    @Test("what comes by itself is taken before a flood that came earlier")
    func precedence() async {
        let mailbox = Mailbox {}
        await mailbox.postPatiently(.followed(source: 0, .caughtUp))
        mailbox.post(.reported("a fact"))
        #expect(mailbox.take().count == 1)
        #expect(mailbox.hasFlood)
        #expect(mailbox.takeFlood() != nil)
        #expect(!mailbox.hasFlood && mailbox.takeFlood() == nil)
    }

    @Test("a source that writes faster than the program reads waits, and nothing of it is lost")
    func patience() async {
        let mailbox = Mailbox {}
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<100 {
                    await mailbox.postPatiently(.followed(source: number, .caughtUp))
                }
            }
            var taken: [Int] = []
            while taken.count < 100 {
                while case .followed(let source, .caughtUp)? = mailbox.takeFlood() { taken.append(source) }
                await Task.yield()
            }
            #expect(taken == Array(0..<100))
        }
    }
}
