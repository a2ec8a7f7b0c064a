import ArgumentParser
import Canvas
import Dashboard
import MailVocabulary
import SMTP
import Triage
import Wire

/// `porthole replay SESSION`: a saved session in the dashboard, or as text, JSON or one frame.
struct Replay: ScreenCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Open a saved session in the dashboard.")

    @Argument(help: "A session file, as kept in the state folder.")
    var session: String

    @Flag(help: "JSON instead of the screen.")
    var json = false

    @Option(name: .customLong("print-frame"), help: "Print one frame of COLUMNSxROWS, and end.")
    var frame: String?

    @OptionGroup var view: ViewOptions

    func perform() throws -> ExitStatus {
        let record = try read()
        if json {
            try Output.json(SessionJSON(record, explanation: nil, exit: SendVerdict(record).status))
            return .done
        }
        if view.plain {
            record.events.flatMap { TranscriptText.lines(of: $0) }.forEach(Output.line)
            return .done
        }
        if let frame { return try print(record, size: frame) }
        var settings = Settings()
        settings.isReadOnly = true
        return try DashboardSession(settings, view: view).run(
            site: { _ in DashboardSession.Site(servers: ServerList(Endpoint(.loopback, 53))) },
            start: { dashboard in
                dashboard.show(saved: record)
                return []
            })
    }

    private func read() throws -> SessionRecord {
        let text: String
        do { text = try SmallFile.read(session, limit: 64 << 20) } catch {
            throw CommandFailure("\(error)", .cannotRead)
        }
        guard let journal = SessionJournal(text) else {
            throw CommandFailure(
                "\(session) is not a session of Porthole: its first line is not \"\(SessionJournal.version)\"",
                .cannotRead)
        }
        if journal.unreadableLines > 0 {
            Output.complain("\(session): \(journal.unreadableLines) lines could not be read and are left out")
        }
        return journal.legibleRecord
    }

    private func print(_ record: SessionRecord, size text: String) throws -> ExitStatus {
        let parts = text.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, (1...1000).contains(parts[0]), (1...1000).contains(parts[1]) else {
            throw CommandFailure("--print-frame wants COLUMNSxROWS, such as 100x30", .usage)
        }
        var settings = Settings()
        settings.language = view.lang ?? .preferred
        settings.isReadOnly = true
        var dashboard = Dashboard(settings: settings, size: Size(columns: parts[0], rows: parts[1]))
        _ = dashboard.reduce(.learned(CatalogueChoice.reading().catalogue))
        dashboard.show(saved: record)
        let text = dashboard.frame.text().split(separator: "\n", omittingEmptySubsequences: false)
        for line in text.prefix(parts[1]) { Output.line(String(line)) }
        return .done
    }
}
