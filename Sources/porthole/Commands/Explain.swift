import ArgumentParser
import Assets
import FoundationEssentials
import MailVocabulary
import SMTP
import Triage

/// `porthole explain`: the reply catalogue on the command line.
struct Explain: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "What a reply means. Without REPLY: JSON lines {\"reply\":…,\"stage\":…,\"vendor\":…} from standard input.")

    @Argument(
        help: """
            A reply, code included; \\n between the lines of a long one. A word of it that begins with two hyphens stands \
            behind --, as do all words behind it.
            """)
    var reply: [String] = []

    @Option(help: "Where it came: CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, EOD, QUIT.")
    var stage: String?

    @Option(help: "Who sent it: cisco-esa, postfix, exchange, …")
    var vendor: String?

    @Option(help: "An event without a reply: refused, greeting-late, keyword:STARTTLS, …")
    var event: String?

    @Option(help: "Validate a folder of entries and texts of your own.", completion: .directory)
    var check: String?

    @Option(
        help: "Explain a bounce: what became of each recipient, and why. A message as it came; - for standard input.",
        completion: .file())
    var bounce: String?

    @Flag(help: "JSON.")
    var json = false

    @Option(help: "en or ja.")
    var lang: Language?

    func perform() async throws -> ExitStatus {
        if let check { return try validate(check) }
        let language = lang ?? .preferred
        let isOneReply = !reply.isEmpty || event != nil
        let (catalogue, faults) = CatalogueChoice.reading(for: language, isForMany: !isOneReply && bounce == nil)
        faults.forEach(Output.complain)
        if let bounce {
            guard !isOneReply, stage == nil, vendor == nil else {
                throw CommandFailure(
                    "--bounce FILE takes no reply, --event, --stage and --vendor: it has its own", .usage)
            }
            try BounceReport(bounce, catalogue, language).write(isJSON: json)
            return .done
        }
        guard !isOneReply else {
            let query = ReplyQuery(
                reply: ReplyWords.text(reply), stage: try Self.stage(stage), vendor: vendor, event: event)
            let explanation = catalogue.explain(query, in: language)
            if json {
                try Output.json(ExplanationJSON(explanation))
            } else {
                ExplanationText.lines(explanation, catalogue, language).dropFirst().forEach(Output.line)
            }
            return .done
        }
        return try await answerRows(catalogue, language)
    }

    /// One line for each fault: file, line, key, reason.
    private func validate(_ folder: String) throws -> ExitStatus {
        guard reply.isEmpty, event == nil, bounce == nil else {
            throw CommandFailure("--check FOLDER takes no reply, --event and --bounce", .usage)
        }
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory else {
            throw CommandFailure("--check: \(folder) is no folder", .cannotRead)
        }
        let say = PlainWords(lang)
        let faults = CatalogueAssets.faults(ofFolder: folder)
        for fault in faults {
            if json { try Output.json(CatalogueFaultJSON(fault)) } else { Output.line(say(Phrase(said: "\(fault)"))) }
        }
        if faults.isEmpty, !json { Output.line(say("\(folder): nothing to complain about")) }
        return faults.isEmpty ? .done : .cannotRead
    }

    /// Each batch of lines that has come is answered by all processors, a part by each, and written in the order of the input.
    private func answerRows(_ catalogue: ReplyCatalogue, _ language: Language) async throws -> ExitStatus {
        let processors = min(max(1, ProcessInfo.processInfo.activeProcessorCount), 8)
        var workers = [RowAnswers](repeating: RowAnswers(catalogue, language, vendor: vendor), count: processors)
        var (input, count) = (InputLines(), 0)
        while let lines = input.batch() {
            let (share, first) = ((lines.count + processors - 1) / processors, count + 1)
            let answers = await withTaskGroup(of: (Int, RowAnswers, [UInt8], CommandFailure?).self) { group in
                for (place, start) in stride(from: 0, to: lines.count, by: share).enumerated() {
                    let (part, worker) = (lines[start..<min(start + share, lines.count)], workers[place])
                    group.addTask {
                        var worker = worker
                        let (bytes, failure) = worker.answer(part, first: first + start)
                        return (place, worker, bytes, failure)
                    }
                }
                var answers: [(Int, RowAnswers, [UInt8], CommandFailure?)] = []
                for await answer in group { answers.append(answer) }
                return answers.sorted { $0.0 < $1.0 }
            }
            for (place, worker, bytes, failure) in answers {
                Output.write(bytes[...])
                if let failure { throw failure }
                workers[place] = worker
            }
            count += lines.count
        }
        return .done
    }

    private static func stage(_ text: String?) throws -> SessionStage? {
        guard let text else { return nil }
        guard let stage = SessionStage(rawValue: text.uppercased()) else {
            let names = SessionStage.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("--stage: \(text) is not one of \(names)", .usage)
        }
        return stage
    }
}
