import Foundation
import MailLog
import Testing
import Wire

@Suite("What a log follower says of losses", .timeLimit(.minutes(2)))
struct LogFollowerLossTests {
    private let folder: SessionTestFolder
    private var log: String { "\(folder.path)/mail.log" }

    init() throws { folder = try SessionTestFolder() }

    private func write(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: log)) }

    /// The lines up to `last`, and the sentences about gaps.
    private func listen(
        _ events: inout AsyncStream<LogSourceEvent>.Iterator, to last: String
    ) async -> (lines: [String], gaps: [String]) {
        var heard: (lines: [String], gaps: [String]) = ([], [])
        while heard.lines.last != last, let event = await events.next(isolation: #isolation) {
            switch event {
            case .lines(let lines): heard.lines += lines.map { String(decoding: $0.bytes, as: UTF8.self) }
            case .block(let block):
                heard.lines += block.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
            case .gap(let sentence): heard.gaps.append(sentence)
            case .opened, .caughtUp, .rotated, .truncated, .lost, .ended, .trouble: break
            }
        }
        return heard
    }

    @Test("every file that came and went at once was read, or is said to be missed")
    func accounted() async throws {
        try write("begin\n")
        var events = LogFollower(path: log).events().makeAsyncIterator()
        _ = await listen(&events, to: "begin")
        for round in 1...300 {
            try FileManager.default.removeItem(atPath: log)
            try write("\(round)\n")
        }
        try FileManager.default.removeItem(atPath: log)
        try write("end\n")
        let heard = await listen(&events, to: "end")
        let missed = heard.gaps.reduce(0) { count, sentence in
            count + (Int(sentence.prefix { $0.isNumber }) ?? (sentence.hasPrefix("a file that was ") ? 1 : 0))
        }
        #expect(heard.lines.count - 1 + missed >= 300, "\(heard.gaps)")
        let numbers = heard.lines.compactMap { Int($0) }
        #expect(numbers == numbers.sorted())
    }

    @Test("a file that takes the name while its listener is slow is opened before it is deleted")
    func slowListener() async throws {
        try write(String(repeating: "a line of a log that its listener is slow to take\n", count: 300_000))
        var events = LogFollower(path: log).events().makeAsyncIterator()
        _ = await events.next(isolation: #isolation)
        try FileManager.default.removeItem(atPath: log)
        try write("short-lived\n")
        // It is seen that the follower has it open: nobody took a line meanwhile.
        let inode = try FileManager.default.attributesOfItem(atPath: log)[.systemFileNumber] as? Int
        while try !Self.openFiles().contains(inode) {
            try Task.checkCancellation()
            await Task.yield()
        }
        try FileManager.default.removeItem(atPath: log)
        try write("end\n")
        let heard = await listen(&events, to: "end")
        #expect(heard.lines.suffix(2) == ["short-lived", "end"])
        #expect(heard.gaps.isEmpty)
    }

    @Test("reads every file once and in order when its listener is slower than the rotation")
    func slowerThanRotation() async throws {
        try write("0\n")
        var events = LogFollower(path: log).events().makeAsyncIterator()
        _ = await listen(&events, to: "0")
        for round in 1...300 {
            try FileManager.default.moveItem(atPath: log, toPath: "\(log).\(round)")
            try write("\(round)\n")
        }
        let heard = await listen(&events, to: "300")
        #expect(heard.lines == (1...300).map { "\($0)" })
        #expect(heard.gaps.isEmpty)
    }

    /// The inode numbers of all that this process has open.
    private static func openFiles() throws -> Set<Int?> {
        var found: Set<Int?> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            var status = stat()
            if let descriptor = Int32(name), unsafe fstat(descriptor, &status) == 0 { found.insert(Int(status.st_ino)) }
        }
        return found
    }

    @Test("a log whose whole directory was renamed and made again is followed there, at once")
    func directory() async throws {
        let inner = "\(folder.path)/logs"
        let path = "\(inner)/mail.log"
        func make(_ text: String) throws {
            try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        try make("one\n")
        var events = LogFollower(path: path).events().makeAsyncIterator()
        _ = await listen(&events, to: "one")
        try FileManager.default.moveItem(atPath: inner, toPath: "\(inner).old")
        try make("two\n")
        #expect(await listen(&events, to: "two").lines == ["two"])
        // Nothing but the watch on the new directory tells of this.
        try FileManager.default.moveItem(atPath: path, toPath: "\(path).1")
        try make("three\n")
        let heard = await listen(&events, to: "three")
        #expect(heard.lines == ["three"])
        #expect(heard.gaps.isEmpty)
    }
}
