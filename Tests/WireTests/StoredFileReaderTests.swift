import Dispatch
import Glibc
import NIOCore
import NIOPosix
import SMTP
import Testing

@testable import Wire

@Suite("Stored file reader")
struct StoredFileReaderTests {
    @Test(
        "a file of any date can be looked at, and a new date makes it another",
        arguments: [0, 10_413_792_000, -10_413_792_000, .max, .min])
    func dates(seconds: Int) {
        var facts = stat()
        (facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec) = (5, seconds, 999_999_999)
        let state = StoredFile.State(facts)
        #expect(state.size == 5)
        facts.st_mtim.tv_sec = seconds &+ 1
        #expect(StoredFile.State(facts) != state)
    }

    @Test("a sentence names the file as its reader knows it")
    func names() {
        let state = StoredFile.State(size: 1, nanoseconds: 0, inode: 0)
        let survey = ContentSurvey(of: [0x61])
        let file = StoredFile(
            path: "/nowhere/at/all", name: "the standard input", state: state, makesCRLF: false, survey: survey)
        do throws(StoredFileReader.Fault) {
            _ = try StoredFileReader(file)
            Issue.record("it was read")
        } catch {
            #expect(error.words.hasPrefix("cannot read the standard input: "))
        }
    }

    @Test("while a disk hangs the loop goes on, and what was read comes back to it")
    func hangs() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let released = DispatchSemaphore(value: 0)
        let piece = BlockingThread.value(for: loop) { released.wait(timeout: .now() + 60) == .success }
        try await loop.submit { _ = released.signal() }.get()
        let isOnLoop = piece.map { $0 && loop.inEventLoop }
        #expect(try await isOnLoop.get())
    }
}
