import MailVocabulary
import Testing

@testable import Lab

/// A lab without waits and without other traffic, whose log lines can be awaited.
final class LabUnderTest {
    let lab: Lab
    private var lines: AsyncStream<String>.Iterator
    private(set) var seen: [String] = []

    private init(_ lab: Lab, _ lines: AsyncStream<String>) {
        (self.lab, self.lines) = (lab, lines.makeAsyncIterator())
    }

    static func start(
        _ behaviour: LabBehaviour = LabBehaviour(), certificate: LabOptions.Certificate = .valid,
        reverse: @escaping @Sendable (IPAddress) async -> ReverseName = { _ in .unknown }
    ) async throws -> LabUnderTest {
        var options = LabOptions()
        options.behaviour = behaviour
        options.certificate = certificate
        (options.linesPerSecond, options.historyLines) = (0, 0)
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        var seams = Lab.Seams()
        seams.now = { LabTime(milliseconds: 1_772_000_000_000) }
        seams.pause = { _ in }
        seams.logged = { continuation.yield($0) }
        seams.reverseLookup = reverse
        return LabUnderTest(try await Lab.start(options, seams), stream)
    }

    /// Reads the log until a line contains `text`, and gives that line.
    @discardableResult
    func logged(_ text: String, isolation: isolated (any Actor)? = #isolation) async -> String {
        while let line = await lines.next(isolation: isolation) {
            seen.append(line)
            if line.contains(text) { return line }
        }
        return ""
    }

    /// A session that has said EHLO.
    func client(isolation: isolated (any Actor)? = #isolation) async throws -> LabClient {
        let client = try await LabClient.connect(to: lab.gateway)
        _ = await client.reply(isolation: isolation)
        _ = try await client.say("EHLO client.example", isolation: isolation)
        return client
    }

    /// One message to these recipients, to the reply after the final dot.
    func deliver(
        to recipients: [String], notify: String = "", isolation: isolated (any Actor)? = #isolation
    ) async throws -> String? {
        let client = try await client(isolation: isolation)
        _ = try await client.say("MAIL FROM:<probe@sender.example>", isolation: isolation)
        for recipient in recipients {
            _ = try await client.say("RCPT TO:<\(recipient)>\(notify)", isolation: isolation)
        }
        _ = try await client.say("DATA", isolation: isolation)
        let reply = try await client.say(
            "Subject: it's a test\r\nMessage-ID: <1@sender.example>\r\n\r\n..dot\r\n.", isolation: isolation)
        _ = try await client.say("QUIT", isolation: isolation)
        return reply
    }

    /// The log without stamps and levels.
    var story: [String] { seen.map { String($0.dropFirst("Wed Feb 25 06:13:20 2026 Info: ".count)) } }
}
