import MailLog
import Testing

@Suite("Line splitter")
struct LineSplitterTests {
    static let text = Array("one\r\ntwo\n\nthree\rstill three\r\n\u{0}nul\nlast without an end".utf8)

    @Test("gives the same lines, numbers and offsets however the bytes arrive", arguments: 1...24)
    func chunks(of size: Int) {
        var splitter = LineSplitter()
        var lines: [RawLogLine] = []
        var rest = Self.text[...]
        while !rest.isEmpty {
            lines += splitter.split(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        if let last = splitter.finish() { lines.append(last) }
        #expect(
            lines.map { String(decoding: $0.bytes, as: UTF8.self) }
                == ["one", "two", "", "three\rstill three", "\u{0}nul", "last without an end"])
        #expect(lines.map { $0.number } == Array(1...6))
        #expect(lines.map { $0.offset } == [0, 5, 9, 10, 29, 34])
        #expect(splitter.finish() == nil)
    }

    @Test("keeps a half-written last line until its line feed comes")
    func tail() {
        var splitter = LineSplitter()
        #expect(splitter.split(Array("half".utf8)).isEmpty)
        #expect(splitter.pending == 4)
        #expect(splitter.split(Array(" whole\n".utf8)).map { $0.bytes } == [Array("half whole".utf8)])
    }

    @Test("keeps no more of a giant line than its cap, and counts the rest", arguments: [1, 3, 64, 1000])
    func giant(chunk: Int) {
        var splitter = LineSplitter(cap: 10)
        let giant = [UInt8](repeating: 0x41, count: 500) + [0x0D, 0x0A] + Array("next\n".utf8)
        var lines: [RawLogLine] = []
        var rest = giant[...]
        while !rest.isEmpty {
            lines += splitter.split(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        #expect(lines.map { $0.bytes.count } == [10, 4])
        #expect(lines.map { $0.cut } == [490, 0])
        #expect(lines.map { $0.offset } == [0, 502])
    }

    @Test("begins to count where it is told to")
    func start() {
        var splitter = LineSplitter(number: 7, offset: 100)
        #expect(splitter.split([0x61, 0x0A, 0x62, 0x0A]).map { $0.number } == [7, 8])
        #expect(splitter.offset == 104)
    }
}
