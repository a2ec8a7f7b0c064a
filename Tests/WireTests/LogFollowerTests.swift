import Foundation
import MailLog
import Testing
import Wire

@Suite("Log follower", .timeLimit(.minutes(1)))
struct LogFollowerTests {
    /// A folder with logs, gone at the end of its test.
    private final class Folder {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "/follower-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var log: String { "\(path)/mail.log" }

        func write(_ text: String, to name: String = "mail.log") throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }

        func append(_ text: String, to name: String = "mail.log") throws {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        }

        func rename(to name: String) throws { try FileManager.default.moveItem(atPath: log, toPath: "\(path)/\(name)") }
    }

    /// What a follower said up to a certain line.
    private struct Heard {
        var lines: [RawLogLine] = []
        var other: [LogSourceEvent] = []
        var texts: [String] { lines.map { String(decoding: $0.bytes, as: UTF8.self) } }
        var numbers: [Int] { lines.map { $0.number } }
    }

    private func listen(
        _ events: inout AsyncStream<LogSourceEvent>.Iterator, until enough: (Heard) -> Bool
    ) async -> Heard {
        var heard = Heard()
        while !enough(heard), let event = await events.next(isolation: #isolation) {
            switch event {
            case .lines(let lines): heard.lines += lines
            case .block(let block): heard.lines += block.lines
            case .opened, .caughtUp, .rotated, .truncated, .lost, .gap, .ended, .trouble: heard.other.append(event)
            }
        }
        return heard
    }

    private func listen(_ events: inout AsyncStream<LogSourceEvent>.Iterator, to line: String) async -> Heard {
        await listen(&events) { $0.texts.last == line }
    }

    @Test("gives what is there, says that it caught up, and gives what comes")
    func grows() async throws {
        let folder = try Folder()
        try folder.write("one\ntwo\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        let first = await listen(&events) { $0.other.contains(.caughtUp) }
        #expect(first.texts == ["one", "two"])
        #expect(first.other.first == .opened(name: "mail.log", size: 8))
        try folder.append("three\n")
        let next = await listen(&events, to: "three")
        #expect(next.numbers == [3])
        #expect(next.lines.first?.offset == 8)
    }

    @Test("keeps a half-written line until it is whole")
    func half() async throws {
        let folder = try Folder()
        try folder.write("one\nhal")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        #expect(await listen(&events) { $0.other.contains(.caughtUp) }.texts == ["one"])
        try folder.append("f\n")
        #expect(await listen(&events, to: "half").texts == ["half"])
    }

    @Test("reads a renamed log to its end before the new one, and numbers the new one from 1")
    func rename() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        try folder.rename(to: "mail.log.1")
        try folder.append("two\n", to: "mail.log.1")
        try folder.write("three\n")
        let heard = await listen(&events, to: "three")
        #expect(heard.texts == ["two", "three"])
        #expect(heard.numbers == [2, 1])
        #expect(heard.other == [.rotated, .opened(name: "mail.log", size: 6)])
    }

    @Test("gives the same lines with the same numbers in blocks, across half lines, a rotation and a truncation")
    func blocks() async throws {
        let folder = try Folder()
        let long = (1...9000).map { "line \($0) of a log that is longer than what is read at once" }
        try folder.write(long.joined(separator: "\n") + "\nha")
        var events = LogFollower(path: folder.log, handsOutBlocks: true).events().makeAsyncIterator()
        let first = await listen(&events) { $0.other.contains(.caughtUp) }
        #expect(first.texts == long)
        #expect(first.numbers == Array(1...9000))
        try folder.append("lf\r\ntwo\n")
        try folder.rename(to: "mail.log.1")
        try folder.write("three\n")
        let second = await listen(&events, to: "three")
        #expect(second.texts == ["half", "two", "three"])
        #expect(second.numbers == [9001, 9002, 1])
        try folder.write("four\n")
        #expect(await listen(&events, to: "four").numbers == [1])
    }

    @Test("loses nothing, in order, when a log is rotated many times in a moment")
    func burst() async throws {
        let folder = try Folder()
        try folder.write("0\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        for round in 1...20 {
            try folder.rename(to: "mail.log.\(round)")
            try folder.write("\(round)\n")
        }
        #expect(await listen(&events, to: "20").texts == (1...20).map { "\($0)" })
    }

    @Test("stays with the old file while the new one is empty, because its writer may not have left it")
    func emptySuccessor() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        try folder.rename(to: "mail.log.1")
        try folder.write("")
        try folder.append("two\n", to: "mail.log.1")
        let old = await listen(&events, to: "two")
        #expect(old.other.isEmpty)
        try folder.append("three\n")
        #expect(await listen(&events, to: "three").other.first == .rotated)
    }

    @Test("finds in the copy what was written before a truncation and not read")
    func copyTruncate() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        try folder.write("one\ntwo\n", to: "mail.log.1")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.log))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data("three\n".utf8))
        try handle.close()
        let heard = await listen(&events, to: "three")
        #expect(heard.texts == ["two", "three"])
        #expect(heard.other == [.truncated])
    }

    @Test("notices a log that was written anew and is longer than before")
    func regrown() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.log))
        try handle.write(contentsOf: Data("another and longer\nlast\n".utf8))
        try handle.close()
        let heard = await listen(&events, to: "last")
        #expect(heard.texts == ["another and longer", "last"])
        #expect(heard.other == [.truncated])
    }

    @Test("follows a log that was deleted and made again")
    func deleted() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        _ = await listen(&events) { $0.other.contains(.caughtUp) }
        try FileManager.default.removeItem(atPath: folder.log)
        try folder.write("two\n")
        #expect(await listen(&events, to: "two").texts == ["two"])
    }

    @Test("waits for a log that is not there yet, and says so in a sentence")
    func missing() async throws {
        let folder = try Folder()
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        let trouble = await listen(&events) { !$0.other.isEmpty }
        #expect(
            trouble.other == [.trouble("cannot read \(folder.log): there is no such file; check the path")])
        try folder.write("one\n")
        #expect(await listen(&events, to: "one").texts == ["one"])
    }

    @Test("refuses a directory and a pipe in words, without waiting for either")
    func refused() async throws {
        let folder = try Folder()
        var events = LogFollower(path: folder.path).events().makeAsyncIterator()
        let directory = await listen(&events) { !$0.other.isEmpty }
        #expect(directory.other == [.trouble("cannot read \(folder.path): it is a directory; name a file in it")])
        #expect(unsafe mkfifo(folder.log, 0o600) == 0)
        var piped = LogFollower(path: folder.log).events().makeAsyncIterator()
        let pipe = await listen(&piped) { !$0.other.isEmpty }
        #expect(
            pipe.other == [.trouble("cannot read \(folder.log): it is a pipe; feed it to standard input with -")])
    }

    @Test("begins with the first whole line of the tail")
    func tail() async throws {
        let folder = try Folder()
        try folder.write("one\ntwo\nthree\n")
        var cut = LogFollower(path: folder.log, from: .tail(8)).events().makeAsyncIterator()
        let heard = await listen(&cut) { $0.other.contains(.caughtUp) }
        #expect(heard.texts == ["three"])
        #expect(heard.numbers == [1])
        #expect(heard.lines.first?.offset == 8)
        var whole = LogFollower(path: folder.log, from: .tail(6)).events().makeAsyncIterator()
        #expect(await listen(&whole) { $0.other.contains(.caughtUp) }.texts == ["three"])
    }

    @Test("says once of a line that does not end that it does not, and gives its beginning when it does")
    func endless() async throws {
        let folder = try Folder()
        try folder.write(String(repeating: "x", count: 3 << 20))
        var events = LogFollower(path: folder.log).events().makeAsyncIterator()
        let first = await listen(&events) { $0.other.contains(.caughtUp) }
        let troubles = first.other.filter { if case .trouble = $0 { true } else { false } }
        #expect(troubles.count == 1)
        guard case .trouble(let sentence)? = troubles.first else { return }
        #expect(sentence.contains("have no line end: is this a log?"))
        try folder.append("x\ntwo\n")
        let next = await listen(&events, to: "two")
        #expect(next.numbers == [1, 2])
        #expect(next.lines.first?.cut == (2 << 20) + 1)
    }

    @Test("ends when its listener is cancelled")
    func cancelled() async throws {
        let folder = try Folder()
        try folder.write("one\n")
        let log = folder.log
        let task = Task {
            var count = 0
            for await _ in LogFollower(path: log).events() { count += 1 }
            return count
        }
        task.cancel()
        _ = await task.value
    }

    @Test("reads a whole file in pieces, and says in a sentence what cannot be read")
    func wholeFile() throws {
        let folder = try Folder()
        let text = String(repeating: "a line of a log\n", count: 40_000)
        try folder.write(text)
        var (bytes, pieces) = ([UInt8](), 0)
        try LogFile.read(path: folder.log) { piece in
            pieces += 1
            for index in piece.indices { bytes.append(piece[index]) }
            return true
        }
        #expect(bytes == Array(text.utf8))
        #expect(pieces > 1)
        #expect(throws: LogFault("cannot read \(folder.path): it is a directory; name a file in it")) {
            try LogFile.read(path: folder.path) { _ in true }
        }
        #expect(throws: LogFault("cannot read \(folder.path)/no: there is no such file; check the path")) {
            try LogFile.read(path: "\(folder.path)/no") { _ in true }
        }
    }

    @Test(
        "names owner, mode and remedy when permission is denied",
        .enabled(if: getuid() != 0, "root may read everything"))
    func denied() throws {
        let folder = try Folder()
        try folder.write("secret\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o040], ofItemAtPath: folder.log)
        let fault = #expect(throws: LogFault.self) { try LogFile.read(path: folder.log) { _ in true } }
        #expect(fault?.sentence.contains("permission denied (owner ") == true)
        #expect(fault?.sentence.contains("; run as a member of ") == true)
    }
}
