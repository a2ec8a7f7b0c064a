import Canvas
import MailVocabulary
import SMTP

/// How the burst looks.
extension Dashboard {
    func drawBurst(_ view: ListView, in frame: inout Frame) {
        guard let burst else { return }
        let state: Phrase =
            switch burst.phase {
            case .locating: "looking the server up"
            case .asking: "nothing is sent yet"
            case .running: "under way"
            case .stopping: "no message is begun any more"
            case .done: "over"
            case .failed: "not begun"
            }
        drawSheet(
            words("Burst  \(burst.plan.session.target.typed)"), trailing: words(state), burstRows(burst),
            offset: view.offset, in: &frame)
    }

    func burstRows(_ burst: Burst) -> [Row] {
        let plan = burst.plan
        let statistics = burst.statistics
        var rows = [
            row("messages: \(plan.messages), connections at a time: \(min(plan.sessions, plan.messages))"),
            row(
                plan.reconnects
                    ? "a new connection for each message" : "connections are kept from one message to the next", .muted),
            Row(),
        ]
        if case .failed(let sentence) = burst.phase {
            return rows + [row(Phrase(said: sentence), .permanent)]
        }
        rows += [
            progressRow(statistics.taken, of: plan.messages),
            row("\(statistics.taken) taken, \(Int(statistics.rate.rounded())) a second"),
            row(
                "\(statistics.refused) refused, \(statistics.broken) broken off, \(statistics.unknown) of unknown outcome",
                statistics.refused + statistics.broken + statistics.unknown == 0 ? .muted : .temporary),
            Row(),
        ]
        return rows + stageRows(statistics) + refusalRows(statistics)
    }

    private func progressRow(_ done: Int, of all: Int) -> Row {
        let width = 40
        let filled = all > 0 ? done * width / all : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        return Row([
            Span("[", .border), Span(PrintableText(untrusted: bar), .ok), Span("] ", .border),
            Span(PrintableText(all > 0 ? done * 100 / all : 0) + " %"),
        ])
    }

    /// The replies of each stage: how many, how long they took, and with what codes.
    private func stageRows(_ statistics: BurstStatistics) -> [Row] {
        let stages = SessionStage.allCases.compactMap { stage in statistics.stages[stage].map { (stage, $0) } }
        guard !stages.isEmpty else { return [] }
        func line(_ cells: [PrintableText], _ end: PrintableText, _ role: Role) -> Row {
            let padded = cells.enumerated().map { index, cell in cell.padded(to: index == 0 ? 10 : 9) }
            return Row([Span(padded.reduce("") { $0 + $1 }, role), Span(" " + end)])
        }
        let heads: [Phrase] = ["stage", "replies", "median", "p99", "longest"]
        return [line(heads.map(say), say("codes"), .muted)]
            + stages.map { stage, replies in
                let times = [replies.times.quantile(0.5), replies.times.quantile(0.99), replies.times.longest]
                let codes = replies.codes.map { "\($0.code) x \($0.count)" }.joined(separator: ", ")
                return line(
                    [PrintableText(untrusted: stage.rawValue), PrintableText(replies.times.count)]
                        + times.map { PrintableText(untrusted: Duration.nanoseconds($0 ?? 0).brief) },
                    PrintableText(untrusted: codes), .text)
            } + [Row()]
    }

    private func refusalRows(_ statistics: BurstStatistics) -> [Row] {
        var rows = statistics.firstRefusals.values.sorted { $0.at < $1.at }.map { refusal in
            let what = words("first refusal, message \(refusal.message), at \(refusal.stage.rawValue): ")
            return Row(
                PrintableText(untrusted: what + refusal.text),
                refusal.code.severity == .permanent ? .permanent : .temporary)
        }
        if let first = statistics.firstTemporary {
            rows.append(
                row(
                    "4yz began with message \(first.message), after \(Duration.nanoseconds(first.at).brief)", .temporary
                ))
        }
        return rows
            + statistics.failures.sorted { $0.key < $1.key }
            .map { Row(PrintableText(untrusted: "\(words(Phrase(said: $0.key))) x \($0.value)"), .temporary) }
    }

    func drawConfirmBurst(in frame: inout Frame) {
        guard let burst else { return }
        let plan = burst.plan.session
        let addresses = burst.resolution.candidates.flatMap(\.addresses).prefix(3).map(\.description)
        let rows = [
            confirmationField("server", "\(plan.target.typed)   \(addresses.joined(separator: " "))"),
            confirmationField("sender", "<\(plan.reversePath)>"),
            confirmationField("to", plan.recipients.map { "<\($0.forwardPath)>" }.joined(separator: " ")), Row(),
            row(
                "messages: \(burst.plan.messages), connections at a time: \(min(burst.plan.sessions, burst.plan.messages))"
            ),
            row("They leave your machine and may reach a real mailbox.", .temporary), Row(),
            Row([Span("   S           ", .hintKey), Span(say("send them   (a capital S; Enter is inert)"))]),
            Row([Span("   Esc  q  n   ", .hintKey), Span(say("do not send"))]),
        ]
        drawBox(say("Really send a burst?"), rows, in: &frame)
    }
}
