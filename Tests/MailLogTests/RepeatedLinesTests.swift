import MailLog
import Testing

@Suite("Repeated lines")
struct RepeatedLinesTests {
    private func lines(_ texts: [String]) -> [RawLogLine] {
        texts.enumerated().map { RawLogLine(number: $0 + 1, offset: 0, bytes: Array($1.utf8)) }
    }

    private func heard(_ runs: [[String]], piece: Int = .max) -> (texts: [String], numbers: [Int], gaps: Int) {
        var (repeated, texts, numbers, gaps) = (RepeatedLines(), [String](), [Int](), 0)
        for (place, run) in runs.enumerated() {
            if place > 0 { repeated.restart() }
            var rest = lines(run)[...]
            while !rest.isEmpty {
                let (new, hasGap) = repeated.take(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
                texts += new.map { String(decoding: $0.bytes, as: UTF8.self) }
                numbers += new.map(\.number)
                gaps += hasGap ? 1 : 0
            }
        }
        return (texts, numbers, gaps)
    }

    @Test("that are all alike, and many, are known again in a moment", .timeLimit(.minutes(1)))
    func alike() {
        let run = [String](repeating: "the same line", count: 30_000)
        let (texts, _, gaps) = heard([run, run + ["another one"]])
        #expect(texts == run + ["another one"])
        #expect(gaps == 0)
    }

    @Test("that go on from all that was said are given out when no more comes, and others are not")
    func settled() {
        var repeated = RepeatedLines()
        _ = repeated.take(lines(["a", "b", "a", "b"]))
        repeated.restart()
        // It may be the end that came again, with two new lines behind it, or all from the beginning.
        #expect(repeated.take(lines(["a", "b", "a"])).new.isEmpty)
        #expect(repeated.settle().map { String(decoding: $0.bytes, as: UTF8.self) } == ["a"])
        #expect(repeated.settle().isEmpty)
        // A part of what was said, and no more: nothing is new.
        var other = RepeatedLines()
        _ = other.take(lines(["x", "y", "z"]))
        other.restart()
        #expect(other.take(lines(["x", "y"])).new.isEmpty)
        #expect(other.settle().isEmpty)
    }

    @Test(
        "are left out when a source that was started again goes on from what it said",
        arguments: [1, 2, Int.max],
        [
            (runs: [["a", "b", "c"], ["a", "b", "c"]], all: ["a", "b", "c"]),
            (runs: [["a", "b", "c"], ["a", "b", "c", "d"]], all: ["a", "b", "c", "d"]),
            (runs: [["a", "b", "c"], ["b", "c", "d"]], all: ["a", "b", "c", "d"]),
            (runs: [["a", "b", "c"], ["c"], ["b", "c", "d"]], all: ["a", "b", "c", "d"]),
            (runs: [["a", "b", "c"], ["a", "b"], ["a", "b", "c", "d"]], all: ["a", "b", "c", "d"]),
            // A line that is said often is no reason to take the shorter way.
            (runs: [["x", "a", "x"], ["x", "a", "x", "b"]], all: ["x", "a", "x", "b"]),
            (runs: [["x", "a", "x"], ["x", "b"]], all: ["x", "a", "x", "b"]),
            (runs: [["a"], [], ["a", "b"]], all: ["a", "b"]),
        ])
    func joined(_ piece: Int, _ story: (runs: [[String]], all: [String])) {
        let heard = heard(story.runs, piece: piece)
        #expect(heard.texts == story.all)
        #expect(heard.numbers == Array(1...story.all.count))
        #expect(heard.gaps == 0)
    }

    @Test("a source that goes on elsewhere has a gap, and what only began like something said before is given out")
    func gap() {
        #expect(heard([["a", "b"], ["d"]]) == (["a", "b", "d"], [1, 2, 3], 1))
        #expect(heard([["a", "b", "c"], ["a", "x"]]) == (["a", "b", "c", "a", "x"], [1, 2, 3, 4, 5], 1))
        #expect(heard([[], ["a"]]) == (["a"], [1], 0))
    }
}
