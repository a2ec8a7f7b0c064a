import ArgumentParser
import MailVocabulary

/// What the parser found wrong with a line, as one sentence: its own words take four lines, with the usage.
struct UsageSentence {
    /// What is wrong, and behind it where more is told.
    let phrase: Phrase

    /// - Returns: `nil` for what is no mistake of a line: help, a version, a completion script, the exit code of a command.
    init?(_ error: any Error) {
        // An exit code alone belongs to a command that has said everything.
        guard !(error is ExitCode), !Porthole.exitCode(for: error).isSuccess else { return nil }
        let lines = Porthole.fullMessage(for: error).split(separator: "\n")
        // What is wrong comes first, and a value in it may have lines of its own.
        let end = lines.lastIndex { $0.hasPrefix("Help:") } ?? lines.lastIndex { $0.hasPrefix("Usage:") } ?? lines.count
        let told = lines[..<end].joined(separator: "\n")
        var words = Self.plain(told)
        if words.hasPrefix("missing value for") { words += "; one that begins with a hyphen is joined to it by =" }
        // The last line is: See 'porthole send --help' for more information.
        let help = lines.last?.split(separator: "'").dropFirst().first { $0.hasSuffix("--help") }
        guard let help = help.map(String.init) else {
            phrase = Phrase(said: words)
            return
        }
        phrase =
            words.hasSuffix("?")
            ? "\(Phrase(said: words)) \(help) lists the options" : "\(Phrase(said: words)); \(help) lists the options"
    }

    /// Without the label and the final full stop; `'--port <port>'` is `'--port'`; sentences are joined.
    private static func plain(_ told: String) -> String {
        var words = told.hasPrefix("Error: ") ? told.dropFirst("Error: ".count) : told[...]
        if words.hasSuffix(".") { words = words.dropLast() }
        // A value stays as it was typed, apostrophes and all.
        let label = "The value '"
        if words.hasPrefix(label), let end = words.ranges(of: "' is invalid for '").last {
            let value = words[words.index(words.startIndex, offsetBy: label.count)..<end.lowerBound]
            return "the value '" + value + "'" + named(words[words.index(after: end.lowerBound)...], isFirst: false)
        }
        return named(words, isFirst: true)
    }

    /// What is quoted is every second part.
    private static func named(_ words: Substring, isFirst: Bool) -> String {
        words.split(separator: "'", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index % 2 == 1 else { return sentences(part, isFirst: isFirst && index == 0) }
            return String(part.hasPrefix("--") ? part.prefix { $0 != " " } : part)
        }.joined(separator: "'")
    }

    private static func sentences(_ words: Substring, isFirst: Bool) -> String {
        words.split(separator: ". ", omittingEmptySubsequences: false).enumerated().map { index, sentence in
            index == 0 && !isFirst ? String(sentence) : sentence.prefix(1).lowercased() + sentence.dropFirst()
        }.joined(separator: "; ")
    }
}
