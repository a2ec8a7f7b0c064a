import Dashboard
import Runtime
import Synchronization
import Testing

@Suite("Mailbox")
struct MailboxTests {
    @Test("wakes the loop once for a batch, and hands everything over in order")
    func batch() async {
        let wakes = Counter()
        let mailbox = Mailbox { wakes.increment() }
        for number in 0..<100 { mailbox.post(.reported("\(number)")) }
        #expect(wakes.value == 1)
        let taken = mailbox.take()
        #expect(taken.count == 100)
        mailbox.post(.reported("more"))
        #expect(wakes.value == 2)
        #expect(mailbox.take().count == 1)
        #expect(mailbox.take().isEmpty)
    }

    @Test(
        "wakes the loop for an action that comes beside a flood: the loop may look at the flood only, before it waits")
    func besideAFlood() async {
        let wakes = Counter()
        let mailbox = Mailbox { wakes.increment() }
        await mailbox.postPatiently(.reported("one of many"))
        #expect(mailbox.take().isEmpty)
        mailbox.post(.reported("something else"))
        #expect(mailbox.takeFlood() != nil && !mailbox.hasFlood)
        #expect(wakes.value == 2)
        #expect(mailbox.take().count == 1)
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }
        func increment() { count.withLock { $0 += 1 } }
    }
}
