import MailLog
import Testing

@Suite("The gateways that wrote several logs")
struct LogWritersTests {
    private static func file(_ path: String, _ words: [String], from second: Int = 0) -> LogWriters.File {
        let text = words.enumerated().map { LogStory.gatewayStamp(second + $0) + $1 + "\n" }.joined()
        return LogWriters.File(path: path, lines: LogStory(text).lines)
    }

    private static let mail = ["Begin Logfile", "Start MID 214 ICID 6", "ICID 6 close"]
    private static let debug = [
        "Begin Logfile", "6 Sent to '198.51.100.4': '220 mx'", "6 Rcvd from '198.51.100.4': 'QUIT'",
    ]

    @Test("are two when mail logs of two names were written at the same time")
    func beside() {
        let files = [Self.file("a/mail.log.1", Self.mail), Self.file("a/mail.log", Self.mail, from: 10)]
        let others = [Self.file("b/mail.log.1", Self.mail), Self.file("b/mail.log", Self.mail, from: 10)]
        #expect(LogWriters.numbers(of: files + others) == [0, 0, 1, 1])
    }

    @Test("are one when the one log goes on where the other ended, or is a debug log beside it")
    func one() {
        let files = [
            Self.file("first.log", Self.mail), Self.file("second.log", Self.mail, from: 60),
            Self.file("injection.log", Self.debug), LogWriters.File(path: "packed.gz", lines: []),
        ]
        #expect(LogWriters.numbers(of: files) == [0, 0, 0, 0])
    }

    @Test("keep their numbers apart, so that no line of the one is told of the other's message")
    func apart() {
        var index = TraceIndex()
        for line in LogStory.gateway(["Start MID 214 ICID 6", "MID 214 ICID 6 From: <a@one.test>"]).lines {
            index.append(line)
        }
        index.beginFile(writer: 1)
        for line in LogStory.gateway(["MID 214 queued for delivery", "MID 214 Subject 'other'"]).lines {
            index.append(line)
        }
        #expect(index.traces(matching: "MID 214").map(\.lines.count) == [2, 2])
    }
}
