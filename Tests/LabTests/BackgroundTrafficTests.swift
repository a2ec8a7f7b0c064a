import Testing

@testable import Lab

@Suite("Background traffic")
struct BackgroundTrafficTests {
    private func episodes(_ seed: UInt64, _ count: Int, freeMIDs: Int = 100) -> [[MailStory.Step]] {
        var traffic = BackgroundTraffic(seed: seed)
        return (0..<count).map { _ in traffic.episode(freeMIDs: freeMIDs) }
    }

    @Test("is the same for the same seed, and another for another")
    func deterministic() {
        #expect(episodes(7, 50) == episodes(7, 50))
        #expect(episodes(7, 50) != episodes(8, 50))
    }

    @Test("closes every connection that it opens")
    func closes() {
        for steps in episodes(3, 300) {
            var slots = LogSlots()
            var last = 0
            let lines = steps.map { step in
                slots.text(step.line) { _ in
                    last += 1
                    return last
                }
            }
            let opened = lines.filter { $0.hasPrefix("New SMTP") }.count
            #expect(opened == lines.filter { $0.hasSuffix(" close") }.count, "\(lines)")
        }
    }

    @Test("makes no message when no MID is free")
    func noMessages() {
        for steps in episodes(5, 100, freeMIDs: 0) {
            #expect(!steps.contains { $0.line.parts.contains(.id(.mid, slot: 0)) })
        }
    }

    @Test("leaves the first MID to the first message of a session, whatever came before")
    func reservedMID() {
        let counters = LabCounters(firstMID: 214)
        for _ in 0..<10 { _ = counters.next(.mid) }
        #expect(counters.freeMIDs == 50)
        #expect(counters.nextSessionMID() == 214)
        #expect(counters.next(.mid) == 215)
        #expect(counters.nextSessionMID() == 216)
    }

    @Test("has a history whose stamps and ids only grow, ending now")
    func history() async throws {
        var options = LabOptions()
        (options.linesPerSecond, options.historyLines) = (0, 200)
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        var seams = Lab.Seams()
        seams.now = { LabTime(milliseconds: 1_772_000_000_000, offset: 9 * 3600) }
        seams.logged = { continuation.yield($0) }
        let lab = try await Lab.start(options, seams)
        await lab.stop()
        continuation.finish()
        var lines: [String] = []
        for await line in stream { lines.append(line) }
        #expect((200...260).contains(lines.count))
        #expect(lines.first?.hasSuffix("Info: Begin Logfile") == true)
        #expect(lines.last?.hasPrefix("Wed Feb 25 15:13:20 2026 Info: ") == true)
        for (prefix, word) in [("New SMTP ICID ", 3), ("Start MID ", 2), ("New SMTP DCID ", 3)] {
            let numbers = lines.map { $0.dropFirst(31) }.filter { $0.hasPrefix(prefix) }
                .compactMap { Int($0.split(separator: " ")[word]) }
            #expect(numbers.count > 3 && numbers == numbers.sorted(), "\(prefix)\(numbers)")
        }
    }
}

@Suite("Time stamps of the lab")
struct LabTimeTests {
    @Test(
        "are those of the log and of a Date header field",
        arguments: [
            (0, 0, "Thu Jan  1 00:00:00 1970", "Thu, 1 Jan 1970 00:00:00 +0000"),
            (1_709_164_800, 0, "Thu Feb 29 00:00:00 2024", "Thu, 29 Feb 2024 00:00:00 +0000"),
            (1_709_164_799, -12_600, "Wed Feb 28 20:29:59 2024", "Wed, 28 Feb 2024 20:29:59 -0330"),
            (-1, 32_400, "Thu Jan  1 08:59:59 1970", "Thu, 1 Jan 1970 08:59:59 +0900"),
            (4_102_444_799, 0, "Thu Dec 31 23:59:59 2099", "Thu, 31 Dec 2099 23:59:59 +0000"),
        ])
    func stamps(_ seconds: Int, _ offset: Int, _ log: String, _ header: String) {
        let time = LabTime(milliseconds: Int64(seconds) * 1000, offset: offset)
        #expect(time.logStamp == log)
        #expect(time.headerDate == header)
    }
}
