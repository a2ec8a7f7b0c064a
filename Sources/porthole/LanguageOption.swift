import ArgumentParser
import Triage

/// `--lang`, of the commands that print sentences.
struct LanguageOption: ParsableArguments {
    @Option(help: "The language of the sentences: en or ja. Default: by LC_ALL, LC_MESSAGES or LANG. JSON is English.")
    var lang: Language?

    /// The words in that language.
    var words: PlainWords { PlainWords(lang) }
}
