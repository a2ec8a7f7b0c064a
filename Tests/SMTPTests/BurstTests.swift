import MailVocabulary
import SMTP
import TestSupport
import Testing

@Suite("Burst")
struct BurstTests {
    @Test("without pipelining every command waits for its reply, and the next message follows on the same connection")
    func oneByOne() {
        var story = Story(messages: 2)
        #expect(story.begin() == .mail)
        #expect(story.receive("250 ok\r\n") == .recipient(0))
        #expect(story.receive("250 ok\r\n") == .data)
        #expect(story.receive("354 go\r\n") == .message(1, thenEnvelope: false))
        #expect(story.receive("250 queued\r\n") == .mail)
        #expect(story.receive("250 ok\r\n") == .recipient(0))
        #expect(story.receive("250 ok\r\n") == .data)
        #expect(story.receive("354 go\r\n") == .message(2, thenEnvelope: false))
        #expect(story.receive("250 queued\r\n") == .quit)
        #expect(story.receive("221 bye\r\n") == .close)
        #expect(story.statistics.taken == 2 && story.statistics.begun == 2)
        #expect(story.statistics.stages[.sender]?.times.count == 2)
        #expect(story.statistics.stages[.endOfData]?.codes.first?.code == 250)
    }

    @Test("with pipelining the next envelope goes out behind the message")
    func pipelined() {
        var story = Story(messages: 2, recipients: 2, isPipelined: true)
        #expect(story.begin() == .envelope)
        #expect(story.receive("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n") == .message(1, thenEnvelope: true))
        #expect(story.receive("250 queued\r\n250 ok\r\n250 ok\r\n") == .nothing)
        #expect(story.receive("550 no\r\n354 go\r\n") == .message(2, thenEnvelope: false))
        #expect(story.receive("250 queued\r\n") == .quit)
        #expect(story.statistics.taken == 2 && story.statistics.refused == 0)
        #expect(story.statistics.firstRefusals[.recipient]?.text == "550 no")
    }

    @Test("a refusal is counted, the transaction is reset, and the burst goes on")
    func refusals() {
        var story = Story(messages: 3)
        _ = story.begin()
        #expect(story.receive("450 4.7.1 slow down\r\n") == .mail)
        #expect(story.receive("250 ok\r\n") == .recipient(0))
        #expect(story.receive("550-5.1.1 no\r\n550 such user\r\n") == .reset)
        #expect(story.receive("250 ok\r\n") == .mail)
        _ = story.receive("250 ok\r\n")
        _ = story.receive("250 ok\r\n")
        _ = story.receive("354 go\r\n")
        #expect(story.receive("451 later\r\n") == .quit)
        let statistics = story.statistics
        #expect(statistics.refused == 3 && statistics.taken == 0)
        #expect(statistics.firstTemporary?.message == 1 && statistics.firstTemporary?.text == "450 4.7.1 slow down")
        #expect(statistics.firstRefusals[.recipient]?.text == "550 such user")
        #expect(statistics.firstRefusals[.endOfData]?.message == 3)
        #expect(statistics.seconds.reduce(0) { $0 + $1.temporary } == 2)
    }

    @Test("with pipelining and no recipient left, only the dot follows a 354")
    func onlyTheDot() {
        var story = Story(messages: 2, isPipelined: true)
        _ = story.begin()
        #expect(story.receive("250 ok\r\n550 no\r\n354 go\r\n") == .nothingButTheDot)
        #expect(story.receive("554 no valid recipients\r\n") == .reset)
        #expect(story.receive("250 ok\r\n") == .envelope)
        #expect(story.statistics.refused == 1)
    }

    @Test("a server that refuses MAIL and takes what follows gets no message")
    func refusedSender() {
        var story = Story(messages: 1, isPipelined: true)
        _ = story.begin()
        #expect(story.receive("450 slow down\r\n250 ok\r\n354 go\r\n") == .nothingButTheDot)
        #expect(story.receive("250 queued\r\n") == .quit)
        #expect(story.statistics.taken == 0 && story.statistics.refused == 1)
    }

    @Test("a 421 closes, and what was under way is refused; a lost connection leaves it broken or unknown")
    func ends() {
        var story = Story(messages: 1)
        _ = story.begin()
        #expect(story.receive("421 4.7.0 too many\r\n") == .serviceClosing)
        story.end()
        #expect(story.statistics.refused == 1 && story.statistics.broken == 0)

        story = Story(messages: 1)
        _ = story.begin()
        story.end()
        #expect(story.statistics.broken == 1)

        story = Story(messages: 2, isPipelined: true)
        _ = story.begin()
        _ = story.receive("250 ok\r\n250 ok\r\n354 go\r\n")
        story.end()
        #expect(story.statistics.unknown == 1 && story.statistics.broken == 1)
    }

    @Test("in LMTP every accepted recipient has a reply, and one is enough for the message")
    func local() {
        var story = Story(messages: 1, recipients: 2, isLMTP: true)
        _ = story.begin()
        #expect(story.receive("250 ok\r\n") == .recipient(0))
        #expect(story.receive("250 ok\r\n") == .recipient(1))
        #expect(story.receive("250 ok\r\n") == .data)
        _ = story.receive("354 go\r\n")
        #expect(story.receive("450 full\r\n") == .nothing)
        #expect(story.receive("250 stored\r\n") == .quit)
        #expect(story.statistics.taken == 1 && story.statistics.refused == 0)
    }

    @Test("a connection for each message ends with QUIT")
    func single() {
        var story = Story(messages: 5, isSingle: true)
        _ = story.begin()
        _ = story.receive("250 ok\r\n")
        _ = story.receive("250 ok\r\n")
        _ = story.receive("354 go\r\n")
        #expect(story.receive("250 ok\r\n") == .quit)
        #expect(story.receive("221 bye\r\n") == .close)
        #expect(story.statistics.begun == 1)
    }

    @Test(
        "what is no reply, or not asked for, breaks the connection",
        arguments: ["hello\r\n", "25\r\n", "2500 x\r\n", "\r\n"])
    func junk(line: String) {
        var story = Story(messages: 1)
        _ = story.begin()
        #expect(story.receive(line) == .broken)
        story = Story(messages: 1)
        _ = story.begin()
        #expect(story.receive("250 a\r\n250 b\r\n") == .broken)
    }

    @Test("the same replies in any pieces give the same moves", arguments: 1..<40)
    func chunks(size: Int) {
        let text = Array("250-a\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n250 ok\r\n550 no\r\n".utf8)
        var story = Story(messages: 2, isPipelined: true)
        _ = story.begin()
        var moves: [BurstTransaction.Move] = []
        // A server does not answer before it was asked: the message goes out between the two bursts.
        for part in [text.prefix(31), text.dropFirst(31)] {
            var rest = part[...]
            while !rest.isEmpty {
                let move = story.receive(Array(rest.prefix(size)))
                if move != .nothing { moves.append(move) }
                rest = rest.dropFirst(size)
            }
        }
        #expect(moves == [.message(1, thenEnvelope: true)])
        #expect(story.statistics.taken == 1 && story.statistics.firstRefusals[.recipient] != nil)
    }

    @Test("no bytes trap it, and no message is counted twice", arguments: 0..<300)
    func random(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let lines = ["250 ok\r\n", "354 go\r\n", "550 no\r\n", "451 later\r\n", "250-a\r\n", "x", "\n", "421 bye\r\n"]
        var story = Story(messages: 20, recipients: 2, isPipelined: seed % 2 == 0, isLMTP: seed % 3 == 0)
        _ = story.begin()
        for _ in 0..<60 {
            let move = story.receive(lines.randomElement(using: &random) ?? "")
            if [.broken, .close, .serviceClosing].contains(move) { break }
        }
        story.end()
        let statistics = story.statistics
        #expect(
            statistics.taken + statistics.refused + statistics.unknown + statistics.broken == statistics.begun,
            "\(seed)")
    }

    @Test(
        "the message has the size that was asked for, to the octet",
        arguments: [400, 401, 402, 403, 478, 479, 480, 1024, 10_000])
    func size(octets: Int) throws {
        var plan = BurstPlan(MessageTests.plan, sessions: 1, messages: 1)
        plan.session.message.messageID = "7f@x"
        plan.size = octets
        let message = try BurstMessage(plan)
        #expect(message.wire.count == octets + 3)
        let place = try #require(message.numberPlace)
        #expect(Array(message.wire[place..<place + 9]) == Array("00000000.".utf8))
        for line in String(decoding: message.wire, as: UTF8.self).split(separator: "\r\n") { #expect(line.count <= 80) }
    }

    @Test("a size that the header alone exceeds is refused, and so are probes and padded files")
    func refusesSize() throws {
        var plan = BurstPlan(MessageTests.plan, sessions: 1, messages: 1)
        plan.size = 20
        #expect(throws: CommandFault.self) { try BurstMessage(plan) }
        plan.size = nil
        plan.session.message.probe = SmugglingProbe.all.first
        #expect(throws: CommandFault.self) { try BurstMessage(plan) }
        plan.session.message.probe = nil
        plan.session.message.raw = RawMessage(Array("Message-ID: <mine@x>\r\n\r\nx\r\n".utf8))
        #expect(try BurstMessage(plan).numberPlace == nil)
        plan.size = 2000
        #expect(throws: CommandFault.self) { try BurstMessage(plan) }
    }

    /// One connection, told step by step; a millisecond passes at each.
    private struct Story {
        var transaction: BurstTransaction
        var ledger: BurstLedger
        var now = 0

        init(
            messages: Int, recipients: Int = 1, isPipelined: Bool = false, isLMTP: Bool = false, isSingle: Bool = false
        ) {
            transaction = BurstTransaction(
                recipients: recipients, isPipelined: isPipelined, isLMTP: isLMTP, isSingle: isSingle)
            ledger = BurstLedger(messages: messages)
        }

        var statistics: BurstStatistics { ledger.statistics }

        mutating func begin() -> BurstTransaction.Move { transaction.begin(at: now, &ledger) }

        mutating func receive(_ text: String) -> BurstTransaction.Move { receive(Array(text.utf8)) }

        mutating func receive(_ bytes: [UInt8]) -> BurstTransaction.Move {
            now += 1_000_000
            return transaction.received(bytes, at: now, &ledger)
        }

        mutating func end() { transaction.ended(&ledger) }
    }
}

@Suite("Reply times")
struct ReplyTimesTests {
    @Test("quantiles are right to one part in a hundred, the ends exactly", arguments: 0..<20)
    func quantiles(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        var times = ReplyTimes()
        var all: [Int] = []
        for _ in 0..<1000 {
            let time = Int.random(in: 0...(1 << Int.random(in: 1...40, using: &random)), using: &random)
            times.note(time)
            all.append(time)
        }
        all.sort()
        #expect(times.shortest == all.first && times.longest == all.last && times.count == 1000)
        for part in [0.01, 0.5, 0.9, 0.99, 1] {
            let exact = Double(all[Int((part * 1000).rounded(.up)) - 1])
            let found = Double(times.quantile(part) ?? -1)
            #expect(abs(found - exact) <= exact / 100 + 1, "\(part): \(found) for \(exact)")
        }
    }

    @Test("nothing has no quantile, and a negative time counts as none")
    func empty() {
        var times = ReplyTimes()
        #expect(times.quantile(0.5) == nil)
        times.note(-5)
        #expect(times.quantile(0.5) == 0 && times.longest == 0)
    }
}
