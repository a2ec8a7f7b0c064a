import Glibc
import Testing
import Wire

@Suite("Threads for work that waits")
struct BlockingThreadTests {
    private static let process = __priority_which_t(PRIO_PROCESS.rawValue)

    /// How much a thread gives way to others: 0 is as most do, 19 most of all.
    private static func niceness() async -> Int32 { await BlockingThread.value { getpriority(process, 0) } }

    @Test("work of a task of low priority gives way to other threads, other work does not")
    func givesWay() async {
        let usual = getpriority(Self.process, id_t(getpid()))
        let low = await Task(priority: .utility) { await Self.niceness() }.value
        #expect(low >= 10)
        let children = await Task(priority: .utility) {
            await withTaskGroup(of: Int32.self) { group in
                group.addTask { await Self.niceness() }
                return await group.next() ?? 0
            }
        }.value
        #expect(children >= 10)
        #expect(await Task(priority: .medium) { await Self.niceness() }.value == usual)
    }
}
