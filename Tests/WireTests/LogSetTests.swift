import Foundation
import MailLog
import Testing
import Wire

@Suite("Sets of log files", .timeLimit(.minutes(2)))
struct LogSetTests {
    /// A folder with files, gone at the end of its test.
    private final class Folder {
        let path = NSTemporaryDirectory() + "/sets-\(UUID().uuidString)"

        init(_ names: [String], text: String = "x\n") throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for name in names { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test("a pattern names each log once, by its newest file; commands stay as they are")
    func logs() throws {
        let folder = try Folder([
            "mail.log", "mail.log.1", "mail.log.2.gz", "other.log", "esa.@20260202T234311.s", "esa.current",
        ])
        #expect(
            try LogSet.logs(["\(folder.path)/*"]).map { $0.dropFirst(folder.path.count + 1) }
                == ["esa.current", "mail.log", "other.log"])
        #expect(try LogSet.logs(["cmd:cat a.log.1", "cmd:cat a.log.2"]) == ["cmd:cat a.log.1", "cmd:cat a.log.2"])
        #expect(throws: LogFault.self) { try LogSet.logs(["\(folder.path)/none*"]) }
        #expect(throws: LogFault.self) { try LogSet.logs([""]) }
    }

    @Test("a packed log is read unpacked, and has ended")
    func packed() async throws {
        let folder = try Folder(["mail.log.1"], text: (1...1000).map { "line \($0)\n" }.joined())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["\(folder.path)/mail.log.1"]
        try process.run()
        process.waitUntilExit()
        let source = try LogSource("\(folder.path)/mail.log.1.gz")
        for (start, first) in [(LogFollower.Start.beginning, 1...1), (.tail(100), 980...1000)] {
            var (lines, events) = ([RawLogLine](), [LogSourceEvent]())
            for await event in source.events(from: start) {
                if case .lines(let more) = event { lines += more } else { events.append(event) }
            }
            #expect(events == [.opened(name: "mail.log.1.gz", size: 8893), .caughtUp, .ended])
            #expect(lines.last.map { String(decoding: $0.bytes, as: UTF8.self) } == "line 1000")
            #expect(lines.last?.number == 1000 && first.contains(lines.first?.number ?? 0))
            #expect(LogEdges.first(of: "\(folder.path)/mail.log.1.gz") == nil)
        }
    }

    @Test("the first and the last stamps of a log stand for its stretch of time")
    func edges() throws {
        let line = "Info: New SMTP ICID 6 interface M (10.0.0.1) address 10.2.3.4 reverse dns host a.test verified yes"
        let text = (0..<3000).map {
            "Mon Feb  2 10:\($0 / 60 < 10 ? "0" : "")\($0 / 60):\($0 % 60 < 10 ? "0" : "")\($0 % 60) 2026 \(line)\n"
        }
        let folder = try Folder(["mail.log"], text: text.joined())
        #expect(LogEdges.first(of: "\(folder.path)/mail.log")?.description == "10:00:00")
        #expect(LogEdges.last(of: "\(folder.path)/mail.log")?.description == "10:49:59")
        #expect(LogEdges.last(of: "\(folder.path)/none.log") == nil)
    }
}
