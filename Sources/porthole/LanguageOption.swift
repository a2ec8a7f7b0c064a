import ArgumentParser
import Triage

extension Language {
    /// What `--lang` says, whatever the command is, else what the environment asks for: an error may come before the options are read.
    static var ofThisRun: Language {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated().dropFirst() {
            if argument == "--" { break }
            if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) ?? .preferred }
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1]) ?? .preferred
            }
        }
        return .preferred
    }
}

/// `--lang`, of the commands that print sentences.
struct LanguageOption: ParsableArguments {
    @Option(help: "The language of the sentences: en or ja. Default: by LC_ALL, LC_MESSAGES or LANG. JSON is English.")
    var lang: Language?

    /// The words in that language.
    var words: PlainWords { PlainWords(lang) }
}
