import ArgumentParser
import MailLog
import MailVocabulary
import Triage
import Wire

/// `porthole trace NEEDLE --log F …`: from an address or an id to connections, messages, deliveries and a verdict.
struct TraceCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "From an IP address, mail address, Message-ID, ICID, MID or queue id to what became of it.")

    @Argument(help: "What to look for: 10.2.3.4, user@example.test, '<id@host>', 'MID 214', a queue id.")
    var needle: String

    @Option(help: "A log file; - for standard input.")
    var log: String

    @Flag(help: "JSON, one object a connection.")
    var json = false

    func perform() async throws -> ExitStatus {
        var index = TraceIndex()
        let kept = try read(into: &index)
        let traces = index.traces(matching: needle)
        for trace in traces {
            if json {
                try Output.json(TraceJSON(trace))
                continue
            }
            Output.line(trace.sentence)
            for message in trace.messages { Output.line("  \(message.sentence)") }
            for finding in trace.findings { Output.line("  \(finding.kind.severity): \(finding.message)") }
            for line in trace.lines {
                let mark = line.link == .id ? " " : "?"
                Output.line("\(mark) \(line.number): \(kept(line))")
            }
            Output.line("")
        }
        guard traces.isEmpty else { return .done }
        if !json {
            let counts = "\(index.lineCount) lines read, \(index.understoodCount) understood"
            Output.line("nothing about \(needle) in \(log) (\(counts), format \(index.formatName ?? "unknown"))")
        }
        return .done
    }

    /// Reads the whole log once.
    /// - Returns: A way to get the text of a line again.
    private func read(into index: inout TraceIndex) throws -> (Trace.Line) -> String {
        var splitter = LineSplitter()
        var texts: [Int: [UInt8]] = [:]
        let keepsText = log == "-" && !json  // a pipe cannot be read again
        do throws(LogFault) {
            try LogFile.read(path: log) { chunk in
                splitter.forEachLine(in: chunk) { line, number, offset, _ in
                    index.append(line, number: number, offset: offset)
                    if keepsText { texts[number] = line.indices.map { line[$0] } }
                }
                return true
            }
        } catch {
            throw CommandFailure(error.sentence, .cannotRead)
        }
        if let line = splitter.finish() {
            index.append(line)
            if keepsText { texts[line.number] = line.bytes }
        }
        if keepsText { return { String(decoding: texts[$0.number] ?? [], as: UTF8.self) } }
        let lines = LogLines(path: log)
        return { String(decoding: lines?.line(at: $0.offset) ?? [], as: UTF8.self) }
    }
}
