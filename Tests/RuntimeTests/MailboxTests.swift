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

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }
        func increment() { count.withLock { $0 += 1 } }
    }
}
