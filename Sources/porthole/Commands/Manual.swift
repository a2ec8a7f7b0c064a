import ArgumentParser
import Triage

/// `porthole manual`: the manual page, made from the commands' own help, so that it is never another.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page (roff): porthole manual | man -l -",
        discussion: "Shell completions: porthole --generate-completion-script bash, zsh or fish.")

    func run() throws {
        var page = Page()
        page.line(".TH PORTHOLE 1 \"\" \"\(Porthole.configuration.version)\" \"User Commands\"")
        page.section("NAME")
        page.text("porthole - \(Porthole.configuration.abstract)")
        page.section("SYNOPSIS")
        page.help(Porthole.usageString(includeHidden: false))
        page.section("DESCRIPTION")
        page.text(Porthole.configuration.discussion)
        page.section("COMMANDS")
        for command in Porthole.configuration.subcommands {
            page.command(command.configuration.commandName ?? "\(command)".lowercased())
            page.help(Porthole.helpMessage(for: command, columns: 78))
        }
        page.section("WALKTHROUGHS")
        for procedure in Procedure.all { page.item(procedure.id, "\(procedure.title) \(procedure.summary).") }
        page.section("EXIT STATUS")
        for status in ExitStatus.allCases { page.item("\(status.rawValue)", status.meaning) }
        page.section("FILES")
        page.item(
            "$XDG_CONFIG_HOME/porthole/config.toml", "Preferences, logs, the name server and keys; :set lists them.")
        page.item("$XDG_CONFIG_HOME/porthole/themes/", "Themes of your own; porthole theme check FILE reads one.")
        page.item("$XDG_CONFIG_HOME/porthole/catalogue/", "Explanations of your own, before those that are built in.")
        page.item("$XDG_STATE_HOME/porthole/sessions/", "Every session, line by line as it happened (0600).")
        page.section("ENVIRONMENT")
        page.item("NO_COLOR", "Not empty: attributes only, unless --color always.")
        page.item("LC_ALL, LC_MESSAGES, LANG", "The language and the characters; ja speaks Japanese.")
        page.item("TERM, COLORTERM", "The terminal, and whether it has 24 bits of colour.")
        Output.bytes(Array(page.roff.utf8))
    }
}

extension Manual {
    /// Lines of roff.
    private struct Page {
        private(set) var roff = ""

        mutating func line(_ request: String) { roff += request + "\n" }

        mutating func section(_ title: String) { line(".SH \(title)") }

        mutating func command(_ name: String) { line(".SS porthole \(name)") }

        /// Paragraphs, which roff fills.
        mutating func text(_ text: String) {
            for paragraph in text.split(separator: "\n") {
                line(Self.inert(String(paragraph)))
                line(".PP")
            }
        }

        /// Words that stand as they are.
        mutating func help(_ text: String) {
            line(".nf")
            for row in text.split(separator: "\n", omittingEmptySubsequences: false) { line(Self.inert(String(row))) }
            line(".fi")
        }

        mutating func item(_ head: String, _ text: String) {
            line(".TP")
            line(Self.inert(head))
            line(Self.inert(text))
        }

        /// Nothing in it is a request: backslashes are escaped, a point at the beginning is covered, a hyphen stays one.
        private static func inert(_ text: String) -> String {
            let escaped = text.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : String($0) }.joined()
            return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
        }
    }
}
