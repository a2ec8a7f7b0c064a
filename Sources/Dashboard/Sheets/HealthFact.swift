import MailVocabulary

/// One thing that was found out about the surroundings, for `:checkhealth` and its plain twin.
public struct HealthFact: Hashable, Sendable {
    /// How it is.
    public enum Verdict: Hashable, Sendable { case good, notable, bad }

    /// What it is about.
    public enum Subject: Hashable, Sendable, CaseIterable {
        case terminal, colours, characters, size, link, theme, configuration, sessions, catalogue, libraries, nameServer

        /// In the left column.
        public var phrase: Phrase {
            switch self {
            case .terminal: "terminal"
            case .colours: "colours"
            case .characters: "characters"
            case .size: "window size"
            case .link: "link"
            case .theme: "theme in use"
            case .configuration: "configuration"
            case .sessions: "saved sessions"
            case .catalogue: "catalogue"
            case .libraries: "libraries"
            case .nameServer: "name server"
            }
        }
    }

    public let subject: Subject
    public let verdict: Verdict
    /// What was found. May quote outside text.
    public let found: Phrase
    /// What to do about it, where there is something to do.
    public let advice: Phrase?

    /// A fact of `subject`.
    public init(_ subject: Subject, _ verdict: Verdict = .good, _ found: Phrase, advice: Phrase? = nil) {
        (self.subject, self.verdict, self.found, self.advice) = (subject, verdict, found, advice)
    }
}

extension HealthFact {
    /// The terminal type in use, and the one that was asked for.
    public static func terminal(_ type: String, asked: String) -> HealthFact {
        guard type != asked else { return HealthFact(.terminal, .good, Phrase(quoting: type)) }
        return HealthFact(
            .terminal, .notable, "\(type), because \(asked.isEmpty ? "TERM" : asked) is not known here",
            advice: "install its description (ncurses-term), or set TERM")
    }

    /// How many colours are used.
    public static func colours(_ count: Int, isRefused: Bool) -> HealthFact {
        if count == 0 {
            return HealthFact(
                .colours, .notable, isRefused ? "none: NO_COLOR or --color never" : "none: the terminal has none",
                advice: "words and signs say the same; --color always asks for colours")
        }
        return HealthFact(.colours, .good, count > 256 ? "24 bits" : "\(count) colours")
    }

    /// Whether text other than ASCII can be shown.
    public static func characters(isUTF8: Bool) -> HealthFact {
        isUTF8
            ? HealthFact(.characters, .good, "UTF-8")
            : HealthFact(
                .characters, .bad, "ASCII only: borders are ASCII and other letters are ?",
                advice: "set LC_ALL=C.UTF-8, or another UTF-8 locale that is installed")
    }

    /// How much fits.
    public static func size(columns: Int, rows: Int) -> HealthFact {
        let found: Phrase = "\(columns) columns, \(rows) rows"
        return columns < 80 || rows < 24
            ? HealthFact(.size, .notable, found, advice: "80x24 shows two panes, 100x30 all four")
            : HealthFact(.size, .good, found)
    }

    /// Whether the terminal is at the other end of a network.
    public static func link(isRemote: Bool) -> HealthFact {
        HealthFact(
            .link, .good,
            isRemote ? "over SSH: Esc is waited for longer, copied text goes to your own terminal" : "local")
    }

    /// The theme in use.
    public static func theme(_ name: String) -> HealthFact { HealthFact(.theme, .good, Phrase(quoting: name)) }

    /// The file of preferences, and each of its faults.
    public static func configuration(_ path: String, isThere: Bool, faults: [String]) -> [HealthFact] {
        guard !path.isEmpty else {
            return [HealthFact(.configuration, .notable, "no folder: neither XDG_CONFIG_HOME nor HOME is set")]
        }
        guard isThere else { return [HealthFact(.configuration, .good, "there is no \(path); none is needed")] }
        guard !faults.isEmpty else { return [HealthFact(.configuration, .good, Phrase(quoting: path))] }
        return faults.map {
            HealthFact(
                .configuration, .bad, Phrase(said: $0), advice: "that line is left out, the others hold")
        }
    }

    /// The folder of the saved sessions.
    public static func sessions(_ folder: String?, problem: String?) -> HealthFact {
        guard let folder else {
            return HealthFact(
                .sessions, .bad, "none are kept: neither XDG_STATE_HOME nor HOME is set",
                advice: "set XDG_STATE_HOME to a folder of yours")
        }
        guard let problem else { return HealthFact(.sessions, .good, Phrase(quoting: folder)) }
        return HealthFact(
            .sessions, .bad, "\(folder): \(problem)", advice: "make room, or set XDG_STATE_HOME to another folder")
    }

    /// The reply catalogue, with what was left out of the user's own entries.
    public static func catalogue(entries: Int, faults: [String]) -> [HealthFact] {
        [HealthFact(.catalogue, .good, "\(entries) entries")]
            + faults.map {
                HealthFact(
                    .catalogue, .bad, Phrase(said: $0), advice: "porthole explain --check FOLDER lists all")
            }
    }

    /// Those that are loaded when they are wanted; with a sentence for each that is not there.
    public static func libraries(missing: [String]) -> [HealthFact] {
        guard !missing.isEmpty else {
            return [HealthFact(.libraries, .good, Phrase(quoting: "libssl, libunbound, libidn2"))]
        }
        return missing.map {
            HealthFact(.libraries, .bad, Phrase(said: $0), advice: "install the package; all else works without it")
        }
    }

    /// Who is asked about names. Nothing is asked for this.
    public static func nameServer(_ name: String?) -> HealthFact {
        guard let name else {
            return HealthFact(
                .nameServer, .bad, "the system names none", advice: "give one: --resolver ADDRESS")
        }
        return HealthFact(.nameServer, .good, Phrase(quoting: name))
    }
}
