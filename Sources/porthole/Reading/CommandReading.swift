import ArgumentParser

/// Which command the arguments mean, and what they say to it.
enum CommandReading {
    /// - Parameter arguments: Without the program's own name.
    /// - Throws: What `ParsableCommand.exit(withError:)` knows how to say.
    static func command(_ arguments: [String]) throws -> any ParsableCommand {
        let arguments = ReplyWords.told(arguments)
        if let command = try? only(arguments) { return command }
        return try Porthole.parseAsRoot(arguments)
    }

    /// `send`, where its arguments are plainly right: reading them with the parser takes longer than a session with a server nearby.
    static func plain(_ arguments: [String]) -> Send? {
        guard arguments.first == "send" else { return nil }
        return Send.plain(Array(arguments.dropFirst()))
    }

    /// Reads the options of the one command that is meant. The whole parser looks through those of every command that it comes by,
    /// several times, and by reflection. But it has the words for help and for what is wrong, so that whatever is not plainly right
    /// is left to it.
    private static func only(_ arguments: [String]) throws -> (any ParsableCommand)? {
        if arguments.first == "help" { return nil }
        let named = Porthole.configuration.subcommands.first { $0.configuration.commandName == arguments.first }
        let command = try named?.parseAsRoot(Array(arguments.dropFirst())) ?? Dash.parseAsRoot(arguments)
        // The parser answers to --help with a command of its own, which does not know what it stands under.
        return type(of: command) == named ?? Dash.self ? command : nil
    }
}
