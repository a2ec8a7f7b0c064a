import MailVocabulary
import ArgumentParser
import MailLog
import Wire

/// `porthole follow SOURCE …`: the follower without a screen.
struct Follow: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Print the lines of logs as they come, across rotation; --json adds what each line says.",
        discussion: """
            A SOURCE is a file, a pattern ('/var/log/mail*': the newest file of each rotated set), - for standard input,
            'cmd:ssh gw tail -F /var/log/mail.log' (started again when it fails), journal: or journal:UNIT, or
            syslog://127.0.0.1:5514 to receive what others send, by UDP and TCP.
            Objects as journalctl -o json writes them are printed as the log lines that they are.
            Of several sources the lines come in the order of their arrival, each with its source before it.
            A file that is missing or may not be read is waited for; what can never be a log (a directory, a pipe) ends with 66, and so does
            an address that cannot be listened on.
            What happens to a source itself (rotated, truncated, lost bytes, started again) is said on standard error.
            Secrets behind AUTH are not shown. Ends with 0 when every source has ended, or with --until.
            """)

    @Argument(help: "Log sources.")
    var sources: [String]

    @Flag(help: "One JSON object a line.")
    var json = false

    @Option(
        name: .customLong("log-format"),
        help: "With --json: read the lines as this format, whatever they look like; as in trace.")
    var logFormat: String?

    @Flag(name: .customLong("from-end"), help: "Only what comes from now on.")
    var fromEnd = false

    @OptionGroup var language: LanguageOption

    @Option(help: "End after the first line that contains this text.")
    var until: String?

    private struct Line: Encodable {
        let version = 1
        let source: String?
        let line: Int
        let offset: UInt64
        let text: String
        let ids: [String]
        let event: String?
        let reply: String?
    }

    func validate() throws {
        if sources.isEmpty { throw ValidationError("name a log source: a file, -, cmd:…, journal: or syslog://…") }
        if let logFormat {
            guard json else { throw ValidationError("--log-format is for --json: lines are printed as they are") }
            do { try LogFormatChoice.check(logFormat) } catch {
                throw ValidationError((error as? CommandFailure)?.sentence ?? "\(error)")
            }
        }
        if until?.isEmpty == true { throw ValidationError("--until wants the text to wait for") }
    }

    func perform() async throws -> ExitStatus {
        let (logs, sources, older): ([LogSource], [String], [String])
        do throws(LogFault) {
            (sources, older) = try LogSet.followed(self.sources)
        } catch {
            throw CommandFailure(error.sentence, .cannotRead)
        }
        do throws(LogFault) {
            var parsed: [LogSource] = []
            for source in sources { parsed.append(try LogSource(source)) }
            logs = parsed
        } catch {
            throw CommandFailure(error.sentence, .usage)
        }
        for log in logs { if let refusal = log.refusal { throw CommandFailure(refusal.sentence, .cannotRead) } }
        let say = language.words
        if !older.isEmpty, !fromEnd {
            Output.complain(
                say("not followed, because they are older files of the same logs: \(older.joined(separator: ", "))"))
        }
        var output = LineOutput()
        var opened: Set<Int> = []
        // What is only handed on need not be taken apart.
        let inBlocks = !json && logs.count == 1
        let wanted = until.map { Array($0.utf8) }
        for await (place, event) in LogSources(logs).events(from: fromEnd ? .tail(0) : .beginning, inBlocks: inBlocks) {
            switch event {
            case .lines(let lines):
                if try show(lines, of: sources, place, &output) { return .done }
            case .block(let block):
                if let wanted, block.mayContain(wanted) {
                    if try show(block.lines, of: sources, place, &output) { return .done }
                    continue
                }
                output.add(block)
                output.flush()
            case .rotated: Output.complain(say("\(sources[place]) was rotated"))
            case .truncated: Output.complain(say("\(sources[place]) was truncated"))
            case .lost(let bytes):
                Output.complain(say("\(bytes) bytes of \(sources[place]) were lost before anybody could read them"))
            case .gap(let sentence), .trouble(let sentence): Output.complain(sentence)
            case .ended: Output.complain(say("\(sources[place]) has ended"))
            case .opened(let name, _):
                opened.insert(place)
                if name.hasPrefix("syslog://") { Output.complain(say("listening on \(name)")) }
            case .caughtUp: break
            }
        }
        return opened.count == logs.count ? .done : .cannotRead
    }

    /// - Returns: whether the line that was waited for is among them.
    private func show(
        _ lines: [RawLogLine], of sources: [String], _ place: Int, _ output: inout LineOutput
    ) throws -> Bool {
        let source = sources.count > 1 ? sources[place] : nil
        let wanted = until.map { Array($0.utf8) }
        defer { output.flush() }
        for line in lines {
            if json {
                try Output.json(object(line, source))
            } else {
                output.add(line.bytes, prefix: source.map { "\($0): " } ?? "")
            }
            if let wanted, line.contains(wanted) { return true }
        }
        return false
    }

    private func object(_ line: RawLogLine, _ source: String?) -> Line {
        let record = LogFormat.record(of: line.bytes, as: logFormat)
        return Line(
            source: source, line: line.number, offset: line.offset,
            text: String(decoding: LogSecrets.masked(line.bytes), as: UTF8.self),
            ids: record?.keys.map(\.description) ?? [], event: record?.event, reply: record?.reply)
    }
}
