import ArgumentParser
import MailLog
import MailVocabulary
import Triage
import Wire

/// `porthole trace NEEDLE --log F …`: from an address or an id to connections, messages, deliveries and a verdict.
struct TraceCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "From an IP address, mail address, Message-ID, ENVID, ICID, MID or queue id to what became of it.",
        discussion: """
            Several logs are read as one, a rotated set oldest first; .gz, .xz, .bz2 and .zst files are unpacked on the way.
            What journalctl -o json writes is read as the log lines that it is. Mail logs of two gateways keep their numbers apart.
            A log that cannot be read, or not to its end, is named on the error stream; the answer is that of the rest, and the
            command ends with 66.
            A client that is in no line gets an answer of its own: that it never reached us, and for which stretch of time
            the log shows that, or why the log cannot show it. A needle without a trace is looked for in the lines as they are.
            """)

    @Argument(
        help: """
            What to look for: 10.2.3.4, 192.0.2.0/24, user@example.test, '<id@host>', 'MID 214', a queue id, a host, a domain, \
            words of a subject. --list and --session do without.
            """)
    var needle: String?

    @Option(
        parsing: .upToNextOption,
        help: """
            Log files or patterns ('/var/log/mail.log*'); - for standard input; journal: or journal:UNIT; \
            'cmd:ssh gw cat /var/log/mail.log'.
            """)
    var log: [String]

    @Option(
        name: [.customLong("log-format"), .customLong("format")],
        help:
            "Read the lines as this format, whatever they look like: Cisco, Postfix, Exim, Sendmail, OpenSMTPD, Exchange."
    )
    var format: String?

    @Option(
        help: ArgumentHelp(
            """
            Keep an index of the logs in this folder, and ask it the next time: for addresses, networks and gateway ids in plain \
            files of a Cisco ESA or Postfix. It is never used for a file that is another one or was changed; what has grown is \
            read on.
            """, valueName: "folder"))
    var cache: String?

    @Option(help: "A saved session of ours: its own lines and the log's in one order, each with its own clock.")
    var session: String?

    @OptionGroup(title: "Asking about everybody") var questions: TraceQuestions

    @OptionGroup var language: LanguageOption

    @Flag(help: "JSON, one object a connection, or a row.")
    var json = false

    func validate() throws {
        if needle == nil, session == nil, !questions.isAsked {
            throw ValidationError(
                "what to look for is missing: an address, an id, a host; or --list, --summary, --session")
        }
        if session != nil, needle != nil || questions.isAsked {
            throw ValidationError("--session looks for that session: leave out what else to look for")
        }
        if cache != nil, needle == nil || format != nil {
            throw ValidationError(
                "--cache is for one needle, in full or as --list: it does not go with --summary, --session, --log-format"
            )
        }
        if let needle, questions.summary {
            throw ValidationError("--summary is about everybody: leave out '\(needle)'")
        }
        if let needle, needle.allSatisfy(\.isWhitespace) {
            throw ValidationError("what to look for is empty: an address, an id, a host")
        }
        if let needle, LogQuestion.isBrokenAddress(needle) {
            throw ValidationError("'\(needle)' is neither an IP address nor a network such as 192.0.2.0/24")
        }
        if session != nil, questions.isFiltered {
            throw ValidationError("--since, --until, --verdict, --reply and --limit do not go with --session")
        }
    }

    func perform() async throws -> ExitStatus {
        // A session that cannot be read is told before a long log is.
        let session = try self.session.map { try TraceSession(reading: $0) }
        if let session {
            let logs = try TraceLogs.whole(log, format: format, keepsText: true)
            try session.answer(logs, json: json, language.words)
            return logs.complain()
        }
        if questions.isAsked {
            let logs = try await logs(for: needle, keepsText: false)
            try questions.answer(needle, logs, json: json, language.words)
            return logs.complain()
        }
        return try await trace(needle ?? "")
    }

    private func trace(_ needle: String) async throws -> ExitStatus {
        let logs = try await logs(for: needle, keepsText: true)
        let question = questions.question(needle)
        let all = questions.isFiltered ? logs.index.traces(question) : logs.index.traces(matching: needle)
        let (traces, say) = (questions.limit.map { Array(all.suffix($0)) } ?? all, language.words)
        // All at once: a packed log is unpacked again for its lines.
        var texts = logs.texts(of: traces.flatMap(\.lines))[...]
        for trace in traces {
            let own = texts.prefix(trace.lines.count)
            texts = texts.dropFirst(trace.lines.count)
            if json {
                try Output.json(TraceJSON(trace, files: logs.files, texts: own))
            } else {
                show(trace, own, of: logs.files, say)
            }
        }
        guard traces.isEmpty else { return logs.complain() }
        if questions.isFiltered, !logs.index.traces(matching: needle).isEmpty {
            if !json { logs.index.absence(of: question).map { Output.line(say($0)) } }
            return logs.complain()
        }
        // A program is told of a client only.
        if json, IPAddress(needle) == nil || questions.isFiltered { return logs.complain() }
        let (absence, mention) = logs.absence(of: needle)
        if !json {
            Output.line(say(absence.phrase))
            mention.first.map { show($0, of: logs.files) }
            TraceQuestions.hint(about: needle).map { Output.line(say($0)) }
        } else if let address = IPAddress(needle) {
            let nothing = Trace(
                keys: [], address: address, verdict: absence.verdict, phrase: absence.phrase, hasBeginning: false)
            try Output.json(TraceJSON(nothing, files: logs.files))
        }
        return logs.complain()
    }

    private func logs(for needle: String?, keepsText: Bool) async throws -> TraceLogs {
        guard let needle else { return try TraceLogs.whole(log, format: format, keepsText: keepsText) }
        return try await TraceLogs.answering(
            needle, in: log, format: format, keepsText: keepsText, cache: try cache.map { try indexes(in: $0) })
    }

    private func indexes(in folder: String) throws -> ScanCache {
        do throws(LogFault) {
            return try ScanCache(folder: folder) { Output.complain($0) }
        } catch {
            throw CommandFailure("--cache: \(error.sentence)", .cannotRead)
        }
    }

    /// `mail.log.1:1694`; of a log that is one file only the number.
    private func line(_ line: Trace.Line, of files: [String]) -> String {
        files.count > 1 ? "\(files[line.file]):\(line.number)" : "\(line.number)"
    }

    private func show(_ place: LogMention.Place, of files: [String]) {
        let file = files.count > 1 ? "\(files[place.file]):" : ""
        Output.line("? \(file)\(place.number): \(String(decoding: place.bytes, as: UTF8.self))")
    }

    private func show(_ trace: Trace, _ texts: ArraySlice<[UInt8]>, of files: [String], _ say: PlainWords) {
        Output.line(say(trace.phrase))
        for message in trace.messages { Output.line("  \(say(message.phrase))") }
        let records = texts.map { LogFormat.record(of: $0) }
        for finding in trace.findings {
            let numbers = TraceRule.evidence(of: finding, in: records).map { line(trace.lines[$0], of: files) }
            let shown = numbers.prefix(8).joined(separator: ", ") + (numbers.count > 8 ? ", …" : "")
            let place = numbers.isEmpty ? "" : say(" (line \(shown))")
            Output.line("  \(say(finding.kind.severity.word)): \(say(finding.phrase))\(place)")
        }
        for (line, text) in zip(trace.lines, texts) {
            let mark = line.link == .id ? " " : "?"
            Output.line(
                "\(mark) \(self.line(line, of: files)): \(String(decoding: LogSecrets.masked(text), as: UTF8.self))")
        }
        Output.line("")
    }
}
