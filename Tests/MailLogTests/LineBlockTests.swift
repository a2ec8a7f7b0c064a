import MailLog
import TestSupport
import Testing

@Suite("Blocks of lines")
struct LineBlockTests {
    /// What a reader of single lines gets.
    private static func lines(_ text: [UInt8]) -> [RawLogLine] {
        var splitter = LineSplitter()
        return splitter.split(text)
    }

    private static let text = Array(
        """
        connect from mx.example.test[192.0.2.7]\r
        Info: 6 Rcvd from '198.51.100.4': 'c2VjcmV0\\015\\012'

        smtp failed-command command="AUTH PLAIN AGFsaWNlAHNlY3JldA==" result="535 no"
        Subject 'Grüße'\r\r
        \u{1B}[31mred and a lone \r return
        \u{0}
        {"__REALTIME_TIMESTAMP":"1700000000000000","MESSAGE":"connect from mx","_PID":"7","SYSLOG_IDENTIFIER":"smtpd"}
        \r
        done, with mouth, truth and south of it
        half a line
        """.utf8)

    @Test("have the lines that a splitter gives one by one, however the bytes arrive", arguments: 1...40)
    func chunks(of size: Int) {
        var (splitter, lines, rest) = (LineSplitter(), [RawLogLine](), Self.text[...])
        while !rest.isEmpty {
            let (begun, block) = splitter.block(of: Array(rest.prefix(size)))
            lines += begun + (block?.lines ?? [])
            rest = rest.dropFirst(size)
        }
        #expect(lines == Self.lines(Self.text))
        #expect(splitter.finish()?.bytes == Array("half a line".utf8))
    }

    @Test("may not hold a line that is to be cut")
    func giant() {
        var splitter = LineSplitter(cap: 10)
        let (lines, block) = splitter.block(of: Array("0123456789abc\nnext\n".utf8))
        #expect(lines.map(\.cut) == [3, 0])
        #expect(block == nil)
    }

    @Test("fall into pieces that are plain and lines to look at, without a byte lost")
    func pieces() {
        var splitter = LineSplitter()
        guard let block = splitter.block(of: Self.text).block else { return }
        var (shown, looked) = ([UInt8](), 0)
        block.forEachPiece { piece in
            switch piece {
            case .plain(let range): shown += block.buffer[range]
            case .line(let range):
                let line = Array(block.buffer[range])
                shown += LogSecrets.masked(JournalObject.plain(line.span) ?? line) + [0x0A]
                looked += 1
            }
        }
        #expect(shown == Self.lines(Self.text).flatMap { LogSecrets.masked($0.bytes) + [0x0A] })
        #expect(looked == 6)
    }

    @Test("are never plain where there is a secret, whatever stands around it")
    func secrets() {
        var random = SeededBytes(seed: 9)
        let words = [
            "AUTH", "auth", " ", "PLAIN", "login", "command=\"", "c2VjcmV0", "AGFsaWNlAHNlY3JldA==", "\"", "'", ": '",
            "6 Rcvd from '", "Sent: '", "\\015", "x", "ü", "\t", "SCRAM-SHA-1", "out", "=",
        ]
        for _ in 0..<20_000 {
            let line = (0..<Int.random(in: 1...12, using: &random)).flatMap { _ in
                Array((words.randomElement(using: &random) ?? "").utf8)
            }
            guard LogSecrets.masked(line) != line else { continue }
            #expect(PlainStretch.end(in: line.span) < line.count, "\(String(decoding: line, as: UTF8.self))")
        }
    }

    @Test("stop at every byte that is not printable, wherever it stands, and at no other", arguments: 0..<24)
    func unprintable(place: Int) {
        for byte in UInt8.min...255 {
            var line = [UInt8](repeating: 0x2E, count: 24)
            line[place] = byte
            let isPlain = (0x20...0x7E).contains(byte) || byte == 0x0A
            #expect(PlainStretch.end(in: line.span) == (isPlain ? 24 : place))
        }
    }
}
