import ArgumentParser
import SMTP

/// A burst, as options; --count and --size, --pipelining and the message are those of a single run.
struct BurstOptions: ParsableArguments {
    @Option(
        help: """
            A burst for load and rate-limit questions on your own gateway: really sends --count messages of --size octets over \
            this many connections at once, and counts the replies. Asks before it leaves loopback and private ranges.
            """)
    var sessions: Int?

    @Flag(help: "With --sessions: a new connection for each message.")
    var reconnect = false

    @Option(help: ArgumentHelp("The host's name again: yes, a burst may go there.", valueName: "host"))
    var yesReally: String?

    var isAsked: Bool { sessions != nil }

    /// - Throws: `CommandFailure` for options that make no burst.
    func plan(_ session: SessionPlan, json: Bool) throws -> BurstPlan? {
        guard let sessions else {
            if reconnect { throw CommandFailure("--reconnect needs --sessions", .usage) }
            if yesReally != nil { throw CommandFailure("--yes-really needs --sessions", .usage) }
            return nil
        }
        guard (1...1000).contains(sessions) else { throw CommandFailure("--sessions is from 1 to 1000", .usage) }
        if session.recipients.isEmpty {
            throw CommandFailure("--sessions needs a recipient: --to USER@DOMAIN, or a target like user@domain", .usage)
        }
        if session.dropsAtEnd || session.stopAfter != .endOfData {
            throw CommandFailure("--sessions sends messages; it does not go with --stop-after and --drop-after", .usage)
        }
        var plan = BurstPlan(session, sessions: sessions, messages: session.messages)
        plan.reconnects = reconnect
        if case .octets(let count) = session.mail.size { plan.size = count }
        if let obstacle = plan.obstacle { throw CommandFailure(obstacle, .usage) }
        return plan
    }
}

extension BurstOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        sessions = try line.value("--sessions")
        reconnect = line.hasFlag("--reconnect")
        yesReally = try line.value("--yes-really")
    }
}
