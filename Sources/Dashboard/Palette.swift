import Canvas
import DNS
import MailVocabulary
import SMTP
import Triage

/// The `:` commands: a name, what follows it, and what it does. One row each; completion and help come from the table.
public struct Palette: Sendable {
    public struct Command: Sendable {
        public let name: String
        public let argument: StaticString
        public let help: Phrase
        /// The key that does the same.
        var key = ""
        let run: @Sendable (String, inout Dashboard) -> [Effect]
    }

    /// The longest start that all commands beginning with `text` share, when that is longer than `text`.
    static func completion(of text: String) -> String? {
        let names = everything.map(\.name).filter { $0.hasPrefix(text) }
        guard var shared = names.first else { return nil }
        for name in names {
            while !name.hasPrefix(shared) { shared.removeLast() }
        }
        if names.count == 1 { return shared + " " }
        return shared.count > text.count ? shared : nil
    }

    /// The command that `line` calls, and the rest of the line.
    static func match(_ line: String) -> (command: Command, argument: String)? {
        let found = everything.filter { line == $0.name || line.hasPrefix($0.name + " ") }
            .max { $0.name.utf8.count < $1.name.utf8.count }
        return found.map { ($0, line.dropFirst($0.name.count).trimmed) }
    }

    /// The table.
    public static let all: [Command] = sessionCommands + generalCommands

    private static let generalCommands: [Command] = [
        Command(name: "connect", argument: "TARGET", help: "host, host:port, smtps://host, user@domain") {
            $1.connect(to: $0) { $0.startSession(upTo: $0.settings.stopAfter) }
        },
        Command(name: "dns", argument: "DOMAIN", help: "look a domain or address up, without SMTP") {
            $1.lookUp($0)
        },
        Command(name: "dns answers", argument: "", help: "every answer, and how it came") {
            $1.open(.answers)
        },
        Command(name: "dns compare", argument: "SERVER", help: "ask another resolver the same, and compare") {
            $1.compareResolver($0)
        },
        Command(
            name: "dns senders", argument: "", help: "who sends its mail: the log beside SPF"
        ) { $1.lookAtSenders() },
        Command(name: "dns copy", argument: "[PATH]", help: "write the MX/DNS pane to a file, as text") {
            $1.copyNames(to: $0)
        },
        Command(name: "walk", argument: "[NAME|auto|TARGET]", help: "a guided walkthrough; :walk list names them") {
            argument, dashboard in
            if argument.isEmpty { return dashboard.toggleWalkthrough() }
            if let procedure = Procedure.named(argument) { return dashboard.startWalking(procedure) }
            if argument == "list" {
                dashboard.notice = Notice(Phrase(quoting: Procedure.all.map(\.id).joined(separator: "  ")))
                return []
            }
            if argument == "auto" {
                return dashboard.startWalking(dashboard.walkthrough?.procedure ?? .receive, automatically: true)
            }
            return dashboard.connect(to: argument) { dashboard in
                // What was found out about another server is no evidence here.
                dashboard.walkthrough = nil
                return dashboard.startSession() + dashboard.toggleWalkthrough()
            }
        },
        Command(name: "missing", argument: "SENDER [RECIPIENT]", help: "why did it not arrive: who wrote to whom") {
            argument, dashboard in
            let words = argument.split(separator: " ").map(String.init)
            guard let sender = words.first else {
                dashboard.notice = Notice("who is said to have written? :missing SENDER [RECIPIENT]", .bad)
                return []
            }
            dashboard.incident.inquiry = Inquiry(sender: sender, recipient: words.count > 1 ? words[1] : "")
            dashboard.incident.forgetSearches()
            if dashboard.walkthrough?.procedureID == Procedure.arrive.id { return [] }
            return dashboard.startWalking(.arrive)
        },
        Command(name: "send", argument: "LINE", help: "a command to the server, exactly as typed") { line, dashboard in
            dashboard.order(.type(line))
        },
        Command(name: "explain", argument: "REPLY", help: "what a reply means: explain 451 4.7.1") {
            argument, dashboard in
            dashboard.explained = argument.isEmpty ? nil : .pasted(argument)
            dashboard.show(.explanation)
            return []
        },
        Command(name: "bounce", argument: "FILE", help: "what a bounce says of each recipient") {
            path, dashboard in
            // The window's standard input is the keyboard.
            guard path.isEmpty || path == "-" else { return [.readBounce(path)] }
            guard path == "-" || dashboard.incident.bounce == nil else { return dashboard.open(.bounce) }
            dashboard.notice = Notice("which file? :bounce FILE, a message as it came", .bad)
            return []
        },
        Command(name: "log open", argument: "PATH", help: "follow a log") { path, dashboard in
            guard !path.isEmpty else {
                dashboard.notice = Notice("which file? :log open PATH", .bad)
                return []
            }
            dashboard.show(.log)
            return dashboard.open(log: path)
        },
        Command(name: "lang", argument: "en|ja", help: "the language of the screen") { name, dashboard in
            guard let language = Language(rawValue: name) else {
                dashboard.notice = Notice("en or ja", .bad)
                return []
            }
            (dashboard.settings.language, dashboard.showsOtherLanguage) = (language, false)
            return []
        },
        Command(name: "set", argument: "[NAME [VALUE]]", help: "what can be set; :set alone lists it") {
            $1.set($0)
        },
        Command(name: "plan", argument: "", help: "what a run would say, without a connection") {
            $1.open(.plan)
        },
        Command(name: "checkhealth", argument: "", help: "terminal, files, configuration, name server") {
            $1.open(.health)
        },
        Command(name: "theme", argument: "NAME", help: "another theme") { name, dashboard in
            guard !name.isEmpty else {
                dashboard.notice = Notice("which theme? \(dashboard.settings.themeNames.joined(separator: ", "))", .bad)
                return []
            }
            return [.useTheme(name)]
        },
        Command(name: "layout", argument: "narrow|medium|wide|auto", help: "fix the layout") { name, dashboard in
            guard name == "auto" || LayoutChoice(rawValue: name) != nil else {
                dashboard.notice = Notice("narrow, medium, wide or auto", .bad)
                return []
            }
            dashboard.layoutChoice = LayoutChoice(rawValue: name)
            return []
        },
        Command(name: "export", argument: "[PATH]", help: "a report, or NAME.pem: the certificates") {
            path, dashboard in
            dashboard.export(to: path.isEmpty ? nil : path)
        },
        Command(name: "help", argument: "", help: "keys and commands") { $1.perform(.help) },
        Command(name: "quit", argument: "", help: "quit, with QUIT to nobody") { $1.quit() },
        Command(name: "q", argument: "", help: "quit") { $1.quit() },
        Command(name: "q!", argument: "", help: "quit, whatever is going on") { _, _ in [.quit] },
    ]
}

extension Dashboard {
    /// Runs a line typed after `:`.
    mutating func run(palette line: String) -> [Effect] {
        let line = line[...].trimmed
        if line.isEmpty { return [] }
        guard let (command, argument) = Palette.match(line) else {
            notice = Notice("no such command: \(line); ? lists them", .bad)
            return []
        }
        return command.run(argument, &self)
    }

    /// Takes a target as typed, or says what is wrong with it.
    mutating func connect(to text: String, then: (inout Dashboard) -> [Effect]) -> [Effect] {
        do throws(TargetFault) {
            let target = try SessionTarget(parsing: text)
            settings.target = target
            if let recipient = target.recipient {
                settings.recipients = [
                    Recipient(recipient.description, notify: settings.recipients.first?.notify ?? [])
                ]
            }
            show(.session)
            return then(&self)
        } catch {
            notice = Notice(error.description, .bad)
            return []
        }
    }
}

extension Substring {
    /// Without blanks at both ends.
    var trimmed: String {
        let start = drop { $0 == " " }
        var end = start
        while end.last == " " { end.removeLast() }
        return String(end)
    }
}
