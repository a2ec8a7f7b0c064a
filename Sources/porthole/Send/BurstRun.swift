import Glibc
import Dashboard
import MailVocabulary
import SMTP
import Wire

/// `send --sessions`: a burst from its plan to its printed statistics.
struct BurstRun {
    let run: SendRun
    let burst: BurstPlan
    /// The host's name, typed once more.
    let confirmation: String?

    /// - Parameter secret: Fetches what AUTH needs, perhaps from the terminal: only once it is clear that there will be a burst.
    func perform(secret: () throws -> Secret?) async throws -> ExitStatus {
        let engines = try run.engines()
        let resolution = try await resolution(engines)
        try confirm(resolution)
        let secret = try secret()
        var burst = burst
        burst.session = Stamp.completed(burst.session)
        let live: LiveBurst
        do throws(CommandFault) {
            live = try BurstDriver(resolution, trustFile: run.caFile).start(burst, secret: secret)
        } catch { throw CommandFailure(error.description, .usage) }
        let watch = Task {
            await Signals.first(of: [SIGINT, SIGTERM])
            live.stop()
            await Signals.first(of: [SIGINT, SIGTERM])
            live.drop()
        }
        let progress = BurstProgress(messages: burst.messages, isShown: !run.isJSON && isatty(STDERR_FILENO) == 1)
        var last = BurstStatistics()
        for await statistics in live.progress {
            last = statistics
            progress.show(statistics)
        }
        progress.clear()
        watch.cancel()
        let status = Self.status(last, of: burst)
        if run.isJSON {
            try Output.json(BurstJSON(last, of: burst, exit: status))
        } else {
            BurstReport.lines(last, of: burst, PlainWords(run.language)).forEach(Output.line)
        }
        return status
    }

    private func resolution(_ engines: LiveEngines) async throws -> Resolution {
        switch await LiveBursts(lookup: NameLookup(engines.resolver), caFile: run.caFile).locate(burst.session) {
        case .located(let resolution): return resolution
        case .failed(let sentence): throw CommandFailure(sentence, .noConnection)
        case .advanced, .ended: return Resolution()
        }
    }

    /// A burst may leave loopback and the private ranges only when the host's name was typed twice.
    private func confirm(_ resolution: Resolution) throws {
        let name = burst.session.target.name
        guard let address = resolution.candidates.flatMap(\.addresses).first(where: { !$0.isPrivate }) else { return }
        let answer =
            confirmation
            ?? BurstQuestion.answer(
                "\(name) is \(address), outside loopback and the private ranges. To send \(burst.messages) messages there, "
                    + "type \(name): ")
        guard let answer else {
            throw CommandFailure(
                "\(name) is \(address), outside loopback and the private ranges; if this is your own gateway, add "
                    + "--yes-really \(name)", .usage)
        }
        guard answer.lowercased() == name.lowercased() else {
            throw CommandFailure("“\(answer)” is not \(name): nothing was sent", .usage)
        }
    }

    private static func status(_ statistics: BurstStatistics, of burst: BurstPlan) -> ExitStatus {
        if statistics.taken == burst.messages { return .done }
        let refusals = statistics.firstRefusals.values.sorted { $0.at < $1.at }
        if let first = refusals.first { return first.code.severity == .permanent ? .refused : .temporary }
        return statistics.taken == 0 && statistics.begun == 0 ? .noConnection : .temporary
    }
}
