import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Reply parser")
struct ReplyParserTests {
    /// What the server sends, and what is to be read from it.
    struct Fixture: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: String
        let code: ReplyCode
        var lines: [String]
        var status: EnhancedStatusCode?
        var oddities: Set<Oddity.Kind> = []
        var isPositive = true
    }

    static let fixtures: [Fixture] = [
        Fixture(testDescription: "one line", bytes: "250 ok\r\n", code: 250, lines: ["ok"]),
        Fixture(
            testDescription: "several lines", bytes: "250-mx\r\n250-SIZE 1\r\n250 HELP\r\n", code: 250,
            lines: ["mx", "SIZE 1", "HELP"]),
        Fixture(testDescription: "a bare code", bytes: "250\r\n", code: 250, lines: [""]),
        Fixture(
            testDescription: "no blank after the code", bytes: "250OK\r\n", code: 250, lines: ["OK"],
            oddities: [.noSpaceAfterCode]),
        Fixture(
            testDescription: "a tab after the code", bytes: "250\tok\r\n", code: 250, lines: ["ok"],
            oddities: [.tabAfterCode]),
        Fixture(
            testDescription: "a bare line feed", bytes: "250 ok\n", code: 250, lines: ["ok"], oddities: [.bareLineFeed]),
        Fixture(
            testDescription: "CR CR LF", bytes: "250 ok\r\r\n", code: 250, lines: ["ok"],
            oddities: [.carriageReturnsDoubled]),
        Fixture(
            testDescription: "a code that changes within its class", bytes: "250-a\r\n220-b\r\n250 c\r\n", code: 250,
            lines: ["a", "b", "c"], oddities: [.codeChangedMidReply]),
        Fixture(
            testDescription: "refusal and consent in one reply", bytes: "550-no\r\n250 ok\r\n", code: 250,
            lines: ["no", "ok"], oddities: [.contradictoryCodes], isPositive: false),
        Fixture(
            testDescription: "a status", bytes: "550 5.1.1 User unknown\r\n", code: 550, lines: ["5.1.1 User unknown"],
            status: EnhancedStatusCode(5, 1, 1), isPositive: false),
        Fixture(
            testDescription: "a status with a hash", bytes: "500 #5.5.1 command not recognized\r\n", code: 500,
            lines: ["#5.5.1 command not recognized"], status: EnhancedStatusCode(5, 5, 1), oddities: [.statusWithHash],
            isPositive: false),
        Fixture(
            testDescription: "a letter in the status", bytes: "421 #4.x.2 Too many messages to this session\r\n",
            code: 421, lines: ["#4.x.2 Too many messages to this session"], oddities: [.statusNotNumeric],
            isPositive: false),
        Fixture(
            testDescription: "a status at the end", bytes: "550 sorry, no mailbox here by that name (#5.1.1)\r\n",
            code: 550, lines: ["sorry, no mailbox here by that name (#5.1.1)"], status: EnhancedStatusCode(5, 1, 1),
            oddities: [.statusWithHash], isPositive: false),
        Fixture(
            testDescription: "a status of another class", bytes: "250 5.7.1 ok\r\n", code: 250, lines: ["5.7.1 ok"],
            status: EnhancedStatusCode(5, 7, 1), oddities: [.statusContradictsCode]),
        Fixture(
            testDescription: "an address that looks like a status", bytes: "250 5.6.7.8 hello\r\n", code: 250,
            lines: ["5.6.7.8 hello"]),
        Fixture(
            testDescription: "words that stick together",
            bytes: "503 Bad sequence of commandsDATA within mailmerge\r\n",
            code: 503, lines: ["Bad sequence of commandsDATA within mailmerge"], isPositive: false),
        Fixture(
            testDescription: "escapes and NUL", bytes: "250 \u{1B}[2J\u{0}\u{7}\r\n", code: 250,
            lines: ["\u{1B}[2J\u{0}\u{7}"], oddities: [.controlBytes]),
        Fixture(
            testDescription: "eight bits", bytes: "250 了解\r\n", code: 250, lines: ["了解"], oddities: [.eightBitBytes]),
        Fixture(
            testDescription: "a stray line inside a reply", bytes: "250-a\r\ngarbage\r\n250 b\r\n", code: 250,
            lines: ["a", "b"], oddities: [.notAReply]),
        Fixture(
            testDescription: "a code no RFC knows", bytes: "600 what\r\n", code: 600, lines: ["what"],
            oddities: [.undefinedCode], isPositive: false),
        Fixture(
            testDescription: "a line of 600 octets", bytes: "250 \(String(repeating: "a", count: 594))\r\n", code: 250,
            lines: [String(repeating: "a", count: 594)], oddities: [.lineTooLong]),
    ]

    @Test("reads what servers send, however it was cut", arguments: fixtures)
    func reads(fixture: Fixture) throws {
        for chunks in EveryChunking(fixture.bytes) {
            let outputs = Self.outputs(chunks)
            guard case .reply(let reply) = try #require(outputs.first), outputs.count == 1 else {
                Issue.record("\(outputs) is not one reply")
                return
            }
            #expect(reply.code == fixture.code)
            #expect(reply.texts == fixture.lines)
            #expect(reply.status == fixture.status)
            #expect(Set(reply.oddities.map(\.kind)) == fixture.oddities)
            #expect(reply.raw == Array(fixture.bytes.utf8))
            #expect(reply.isPositive == fixture.isPositive)
        }
    }

    @Test(
        "a line that is no reply is evidence, and the next valid line is read",
        arguments: ["", " 250 ok", "25 ok", "2500 ok", "+250 ok", "2x0 ok", "\u{FF12}\u{FF15}\u{FF10} ok", "4.7.0 no"])
    func resynchronises(line: String) {
        let outputs = Self.outputs([Array("\(line)\r\n250 ok\r\n".utf8)])
        #expect(outputs.count == 2)
        guard case .junk(let oddity) = outputs.first, case .reply(let reply) = outputs.last else {
            Issue.record("\(outputs)")
            return
        }
        #expect(oddity.kind == .notAReply)
        #expect(reply.code == 250)
    }

    @Test("a line without end is kept to its limit, counted and still a reply")
    func cutsGiantLine() throws {
        var parser = ReplyParser()
        parser.feed("250 ".utf8)
        for _ in 0..<300 {
            parser.feed([UInt8](repeating: UInt8(ascii: "A"), count: 4096))
            let output = parser.next()
            #expect(output == nil)
        }
        parser.feed("\r\n".utf8)
        guard case .reply(let reply) = parser.next() else {
            Issue.record("no reply")
            return
        }
        #expect(reply.lines[0].count == 65_536 - 4)
        #expect(reply.oddities.first { $0.kind == .lineCut }?.evidence == "1228806 octets, 65536 kept")
        #expect(parser.isEmpty)
    }

    @Test("a reply without end is kept to its limit and counted")
    func cutsEndlessReply() throws {
        var parser = ReplyParser()
        let line = Array("250-\(String(repeating: "x", count: 1000))\r\n".utf8)
        for _ in 0..<2000 {
            parser.feed(line)
            let output = parser.next()
            #expect(output == nil)
        }
        #expect(parser.unfinished.count <= 1 << 20)
        parser.feed("250 end\r\n".utf8)
        guard case .reply(let reply) = parser.next() else {
            Issue.record("no reply")
            return
        }
        #expect(reply.raw.count <= 1 << 20)
        #expect(reply.lines.count <= 2000)
        #expect(reply.oddities.contains { $0.kind == .replyCut })
    }

    @Test("knows when nothing is held back, and gives up what is")
    func tellsUnfinished() {
        var parser = ReplyParser()
        #expect(parser.isEmpty)
        parser.feed("220 go\r\n250-inj".utf8)
        let output = parser.next()
        #expect(output != nil)
        #expect(!parser.isEmpty)
        let unfinished = parser.takeUnfinished()
        #expect(unfinished == Array("250-inj".utf8))
        #expect(parser.isEmpty)
    }

    @Test("never traps on random bytes, and reads them the same whole and byte by byte", arguments: 0..<200)
    func survivesRandomBytes(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let bytes = random.bytes(Int(seed) * 7)
        #expect(Self.outputs([bytes]) == Self.outputs(bytes.map { [$0] }))
    }

    static func outputs(_ chunks: [[UInt8]]) -> [ReplyParser.Output] {
        var parser = ReplyParser()
        return chunks.flatMap { chunk in
            parser.feed(chunk)
            var outputs: [ReplyParser.Output] = []
            while let output = parser.next() { outputs.append(output) }
            return outputs
        }
    }
}
