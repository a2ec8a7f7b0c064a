import ArgumentParser
import Curses
import Triage

/// How things are shown: shared by the commands with a screen.
struct ViewOptions: ParsableArguments {
    @Option(help: "A theme's name, or a .toml file. Default: what config.toml says, else porthole-dark.")
    var theme: String?

    @Option(help: "The language of explanations: en or ja. Default: by LC_ALL, LC_MESSAGES or LANG.")
    var lang: Language?

    @Option(help: "auto, always or never; NO_COLOR is honoured.")
    var color: ColourChoice = .auto

    @Flag(help: "No full-screen program: one line an event, as for pipes and screen readers.")
    var plain = false

    @Flag(help: "Never send anything past RCPT: S is not offered.")
    var readonly = false
}

extension Language: ExpressibleByArgument {
    /// The language that the environment asks for.
    static var preferred: Language {
        let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { Environment[$0] }.first { !$0.isEmpty } ?? ""
        return wanted.hasPrefix("ja") ? .japanese : .english
    }
}

extension ColourChoice: ExpressibleByArgument {}
