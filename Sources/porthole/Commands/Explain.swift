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
        return try answerRows(catalogue, language)
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

    private func answerRows(_ catalogue: ReplyCatalogue, _ language: Language) throws -> ExitStatus {
        var (input, output) = (InputLines(), ExplanationLines())
        defer { Output.write(output.take()[...]) }
        var number = 0
        while let line = input.next(beforeWaiting: { Output.write(output.take()[...]) }) {
            number += 1
            guard line.contains(where: { $0 > 32 }) else { continue }
            // Replies of old servers are in any character set: what is no UTF-8 is repaired.
            let bytes = line.contains { $0 >= 128 } ? Array(String(decoding: line, as: UTF8.self).utf8) : line
            let row: ReplyRow
            do { row = try ReplyRow(bytes, line: number) } catch { throw CommandFailure(error.description, .usage) }
            let query = ReplyQuery(
                reply: row.reply, stage: row.stage, vendor: row.vendor ?? vendor, event: row.event)
            output.add(catalogue.explain(query, in: language), id: row.id)
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
