import ArgumentParser
import SMTP

/// How far a run goes and how it ends, as options.
struct StageOptions: ParsableArguments {
    @Option(help: "QUIT after this stage: connect, ehlo, starttls, auth, mail or rcpt.")
    var stopAfter: String?

    @Option(help: "Drop the connection after this stage, without QUIT: those, and data and eod with --send.")
    var dropAfter: String?

    @Option(
        help: "Drop the connection as soon as the command of this stage is out, before its reply: those, eod and quit.")
    var dropBeforeReply: String?

    @Option(help: "End the session after so many seconds, wherever it is.")
    var maxTime: Double?

    @Option(help: "With --send: how many messages, one after another on the same connection; with --sessions: in all.")
    var count: Int = 1

    /// Puts the options into `plan`, which stops after RCPT or, with `sends`, goes to the end.
    func apply(to plan: inout SessionPlan, sends: Bool) throws {
        guard (1...100_000).contains(count) else { throw CommandFailure("--count is from 1 to 100000", .usage) }
        if count > 1, !sends { throw CommandFailure("--count needs --send", .usage) }
        plan.messages = count
        plan.stopAfter = sends ? .endOfData : .recipient
        try applyEnds(to: &plan, sends: sends)
        guard let word = stopAfter ?? dropAfter else { return }
        if stopAfter != nil, dropAfter != nil {
            throw CommandFailure("--stop-after and --drop-after exclude each other", .usage)
        }
        let name = stopAfter == nil ? "--drop-after" : "--stop-after"
        let last = dropAfter == nil ? SessionStage.recipient : .endOfData
        let stages = SessionStage.allCases.filter { $0 >= .connect && $0 <= last && $0 != .chunk }
        guard let stage = SessionStage(rawValue: word.uppercased()), stages.contains(stage) else {
            let all = stages.map { $0.rawValue.lowercased() }.joined(separator: ", ")
            throw CommandFailure("\(name): \(word) is not one of \(all)", .usage)
        }
        if stage >= .data, !sends { throw CommandFailure("\(name) \(word) needs --send", .usage) }
        if stage < .data, sends { throw CommandFailure("\(name) \(word) and --send exclude each other", .usage) }
        (plan.stopAfter, plan.dropsAtEnd) = (stage, dropAfter != nil)
    }

    private func applyEnds(to plan: inout SessionPlan, sends: Bool) throws {
        if let maxTime {
            guard (0.001...86_400).contains(maxTime) else {
                throw CommandFailure("--max-time wants seconds, up to a day, not \(maxTime)", .usage)
            }
            plan.maximumTime = .milliseconds(Int(maxTime * 1000))
        }
        guard let dropBeforeReply else { return }
        let stages: [SessionStage] = [
            .connect, .hello, .startTLS, .authenticate, .sender, .recipient, .data, .endOfData, .quit,
        ]
        guard let stage = SessionStage(rawValue: dropBeforeReply.uppercased()), stages.contains(stage) else {
            let all = stages.map { $0.rawValue.lowercased() }.joined(separator: ", ")
            throw CommandFailure("--drop-before-reply: \(dropBeforeReply) is not one of \(all)", .usage)
        }
        if stage == .data || stage == .endOfData, !sends {
            throw CommandFailure("--drop-before-reply \(dropBeforeReply) needs --send", .usage)
        }
        if stage == .data, plan.services.chunk != nil {
            throw CommandFailure("--drop-before-reply data is not for --bdat: use eod", .usage)
        }
        plan.dropsBeforeReply = stage
    }
}

extension StageOptions: PlainOptions {
    mutating func read(_ line: PlainArguments) throws {
        stopAfter = try line.value("--stop-after")
        dropAfter = try line.value("--drop-after")
        dropBeforeReply = try line.value("--drop-before-reply")
        maxTime = try line.value("--max-time")
        count = try line.value("--count") ?? 1
    }
}
