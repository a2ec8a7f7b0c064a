import ArgumentParser
import MailLog
import Wire

/// `porthole follow SOURCE`: the follower without a screen.
struct Follow: HeadlessCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a log's lines as they come, across rotation; --json adds what each line says.")

    @Argument(help: "A log file.")
    var source: String

    @Flag(help: "One JSON object a line.")
    var json = false

    @Flag(name: .customLong("from-end"), help: "Only what comes from now on.")
    var fromEnd = false

    private struct Line: Encodable {
        let version = 1
        let line: Int
        let offset: UInt64
        let text: String
        let ids: [String]
        let reply: String?
    }

    func perform() async throws -> ExitStatus {
        var index = TraceIndex()
        for await event in LogFollower(path: source, from: fromEnd ? .tail(0) : .beginning).events() {
            switch event {
            case .lines(let lines):
                for line in lines { try show(line, &index) }
            case .rotated, .truncated:
                index = TraceIndex()
                Output.complain(event == .rotated ? "\(source) was rotated" : "\(source) was truncated")
            case .lost(let bytes):
                Output.complain("\(bytes) bytes of \(source) were lost before anybody could read them")
            case .trouble(let sentence): Output.complain(sentence)
            case .opened, .caughtUp: break
            }
        }
        return .done
    }

    private func show(_ line: RawLogLine, _ index: inout TraceIndex) throws {
        guard json else { return Output.line(String(decoding: line.bytes, as: UTF8.self)) }
        index.append(line)
        let record = LogFormat.record(of: line.bytes)
        try Output.json(
            Line(
                line: line.number, offset: line.offset, text: String(decoding: line.bytes, as: UTF8.self),
                ids: record?.keys.map(\.description) ?? [], reply: record?.reply))
    }
}
