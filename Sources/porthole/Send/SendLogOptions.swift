import ArgumentParser
import MailLog
import Wire

/// The gateway's log beside a session of `send`, as options.
struct SendLogOptions: ParsableArguments {
    @Option(
        help: """
            Follow the server's log from before the connection on, and say what became of this very message there: a file, \
            'cmd:ssh gw tail -F mail_logs', journal:, syslog://ADDRESS:PORT; repeat for more. \
            Ends with 77 when it did not get through, with 75 when it had not come to an end.
            """)
    var log: [String] = []

    @Option(name: .customLong("log-format"), help: "Read its lines as this format, as in trace.")
    var format: String?

    @Option(
        help: ArgumentHelp(
            "How long to wait for the end of the message in the log. Default: 30; 5 when no message is sent.",
            valueName: "seconds"))
    var logWait: Double?

    /// The log to follow; nothing when none is asked for.
    /// - Parameter sends: whether a message is sent, whose end is to be waited for.
    /// - Throws: `CommandFailure` for what can never be a log.
    func watch(sends: Bool) throws -> SendLog? {
        guard !log.isEmpty else {
            if format != nil { throw CommandFailure("--log-format needs --log", .usage) }
            if logWait != nil { throw CommandFailure("--log-wait needs --log", .usage) }
            return nil
        }
        if let logWait, !(0...86_400).contains(logWait) {
            throw CommandFailure("--log-wait wants seconds, up to a day, not \(logWait)", .usage)
        }
        if let format { try LogFormatChoice.check(format) }
        var sources: [LogSource] = []
        for text in log {
            do throws(LogFault) { sources.append(try LogSource(text)) } catch {
                throw CommandFailure("--log: \(error.sentence)", .usage)
            }
        }
        for source in sources {
            if let refusal = source.refusal { throw CommandFailure("--log: \(refusal.sentence)", .cannotRead) }
        }
        return SendLog(
            sources, named: log, format: format,
            patience: .milliseconds(Int((logWait ?? (sends ? 30 : 5)) * 1000)))
    }
}

extension SendLogOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        log = try line.values("--log")
        format = try line.value("--log-format")
        logWait = try line.value("--log-wait")
    }
}
