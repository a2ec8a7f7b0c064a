import MailLog
import TestSupport
import Testing

@Suite("Syslog over TCP")
struct SyslogFramingTests {
    private func messages(_ cuts: [[UInt8]]) -> [String] {
        var framing = SyslogFraming()
        var messages = cuts.flatMap { framing.messages($0) }
        if let last = framing.finish() { messages.append(last) }
        return messages.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("reads counted messages and lines in one stream, however the bytes arrive")
    func mixed() {
        let bytes = Array("9 <22>a\nb c<22>line\r\n5 <22>d\n<22>last".utf8)
        for cuts in EveryChunking(bytes) { #expect(messages(cuts) == ["<22>a\nb c", "<22>line", "<22>d", "<22>last"]) }
    }

    @Test("cuts what is too long, counts it, and goes on with the next message")
    func long() {
        var framing = SyslogFraming()
        let long = [UInt8](repeating: 0x61, count: SyslogFraming.cap + 10)
        var found = framing.messages(long)
        found += framing.messages([0x62, 0x0A] + Array("<22>next\n".utf8))
        #expect(found.map { $0.count } == [SyslogFraming.cap, 8])
        #expect(framing.cutCount == 1)
        let counted = Array("\(long.count) ".utf8) + long + Array("<22>x\n".utf8)
        #expect(framing.messages(counted).map { $0.count } == [SyslogFraming.cap, 5])
    }

    @Test("never traps on random bytes, and never keeps much")
    func random() {
        var (random, framing) = (SeededBytes(seed: 11), SyslogFraming())
        for _ in 0..<2000 { _ = framing.messages(random.bytes(50)) }
        _ = framing.messages(Array("999999999 ".utf8))
        for _ in 0..<100 { _ = framing.messages(random.bytes(4096)) }
        _ = framing.finish()
    }

    @Test("puts the sender's address where a gateway leaves its host out")
    func host() {
        func lines(_ text: String) -> [String] {
            SyslogMessage.lines(Array(text.utf8), from: "192.0.2.25").map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(
            lines("<22>Feb  2 10:00:06 mail_logs: Info: MID 5 queued for delivery\r\n") == [
                "<22>Feb  2 10:00:06 192.0.2.25 mail_logs: Info: MID 5 queued for delivery"
            ])
        let whole = "<22>Feb  2 10:00:06 esa1 mail_logs: Info: MID 5 queued for delivery"
        #expect(lines(whole) == [whole])
        #expect(lines("no frame at all\u{0}") == ["no frame at all"])
        var index = TraceIndex()
        for (number, sender) in ["192.0.2.25", "192.0.2.26"].enumerated() {
            for line in SyslogMessage.lines(
                Array("<22>Feb  2 10:00:06 mail_logs: Info: Start MID 5 ICID \(number + 1)".utf8), from: sender)
            {
                index.append(RawLogLine(number: number + 1, offset: UInt64(number * 100), bytes: line))
            }
        }
        // The same number on two gateways is two messages.
        #expect(index.traces(matching: "MID 5").count == 2)
    }
}
