import MailLog
import MailVocabulary
import Testing

@Suite("A log of several files")
struct LogHoleTests {
    /// A connection every five seconds, from so many seconds after 10:00:00 on.
    private static func file(from start: Int, lines: Int = 200) -> [String] {
        (0..<lines).map { place in
            let second = start + place * 5
            let (hour, minute, rest) = (10 + second / 3600, second / 60 % 60, second % 60)
            let time = [hour, minute, rest].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
            return "Mon Feb  2 \(time) 2026 Info: New SMTP ICID \(second) interface D (192.0.2.25) "
                + "address 198.51.100.4 reverse dns host mx.sender.test verified yes"
        }
    }

    private static func index(_ files: [[String]]) -> TraceIndex {
        var index = TraceIndex()
        for (place, lines) in files.enumerated() {
            if place > 0 { index.beginFile() }
            for (number, line) in lines.enumerated() {
                index.append(RawLogLine(number: number + 1, offset: UInt64(number * 200), bytes: Array(line.utf8)))
            }
        }
        return index
    }

    @Test("with a file missing between two others, nothing is said to have never come")
    func hole() {
        let absence = Self.index([Self.file(from: 0), Self.file(from: 9000)]).absence(of: "203.0.113.9")
        #expect(absence.verdict == "not-in-log")
        #expect(
            absence.sentence.contains(
                "no line is from 2026-02-02 10:16:35 to 2026-02-02 12:30:00 (usually one every 5 s): a file seems to be "
                    + "missing, so that it cannot be said that it never reached us"))
    }

    @Test("whose files follow each other, or lie beside each other, has no hole")
    func whole() {
        let next = Self.index([Self.file(from: 0), Self.file(from: 1000), Self.file(from: 2005)])
        #expect(next.absence(of: "203.0.113.9").verdict == "never-reached-us")
        let beside = Self.index([Self.file(from: 0), Self.file(from: 9000), Self.file(from: 0, lines: 2000)])
        #expect(beside.absence(of: "203.0.113.9").verdict == "never-reached-us")
    }

    @Test("that is silent every night between its files has no hole in one of them")
    func nights() {
        let files = (0..<4).map { Self.file(from: $0 * 10_000) }
        #expect(Self.index(files).absence(of: "203.0.113.9").verdict == "never-reached-us")
    }

    @Test("of which one file is of no known format names that file")
    func stranger() {
        let index = Self.index([Self.file(from: 0), ["what", "is", "this"]])
        let absence = index.absence(of: "203.0.113.9", files: ["mail.log", "notes.txt"])
        #expect(absence.verdict == "not-in-log")
        #expect(absence.sentence.contains("not one line of notes.txt was understood"))
    }

    @Test("of which a part could not be read says so")
    func damaged() {
        var index = Self.index([Self.file(from: 0)])
        index.isWhole = false
        #expect(index.absence(of: "203.0.113.9").verdict == "not-in-log")
        #expect(index.absence(of: "203.0.113.9").sentence.contains("not all of the log could be read"))
        #expect(index.coverage.description.hasSuffix(", but not all of the log could be read"))
    }
}
