import ArgumentParser
import Glibc

/// The program: the dashboard, and its headless twins.
struct Porthole: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "porthole",
        abstract: "Find out whether a message got through, and if not, why, and what to do next.",
        discussion: """
            Without a subcommand the dashboard opens. Nothing is sent past RCPT TO unless you say so: S in the dashboard, \
            --send on the command line.

            Exit codes: 0 done and accepted, 64 usage, 66 cannot read, 69 no connection, 75 temporary failure (4yz), \
            76 protocol violation or something demanded is missing, 77 refused (5yz).
            """,
        version: "porthole 0.1.0",
        subcommands: [
            Dash.self, Demo.self, LabCommand.self, Send.self, Explain.self, Check.self, TraceCommand.self, Follow.self,
            Walk.self, TriageCommand.self, Replay.self, ThemeCommand.self, CheckHealth.self, Manual.self,
        ],
        defaultSubcommand: Dash.self)
}

/// A command that has no screen and waits for the network: it runs beside the main thread.
protocol HeadlessCommand: ParsableCommand & Sendable {
    /// - Throws: `CommandFailure` for everything that the operator can do something about.
    func perform() async throws -> ExitStatus
}

/// A command that owns the terminal: it runs on the real main thread, where ncurses and the signal handlers belong.
protocol ScreenCommand: ParsableCommand {
    func perform() throws -> ExitStatus
}

@main
enum Entry {
    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if let send = CommandReading.plain(arguments) { wait(for: send) }
            var command = try CommandReading.command(arguments)
            if let command = command as? any ScreenCommand { leave(try command.perform()) }
            if let command = command as? any HeadlessCommand { wait(for: command) }
            try command.run()
        } catch let failure as CommandFailure {
            fail(failure)
        } catch {
            if let sentence = UsageSentence(error) {
                Output.complain(sentence.phrase)
                leave(.usage)
            }
            Porthole.exit(withError: error)
        }
    }

    /// Blocks the main thread for good; the command ends the program.
    private static func wait(for command: some HeadlessCommand) -> Never {
        Task { @concurrent in
            do {
                leave(try await command.perform())
            } catch let failure as CommandFailure {
                fail(failure)
            } catch {
                fail(CommandFailure("\(error)", .internalFault))
            }
        }
        while true { pause() }
    }

    private static func fail(_ failure: CommandFailure) -> Never {
        Output.complain(failure.sentence)
        leave(failure.status)
    }

    private static func leave(_ status: ExitStatus) -> Never { exit(status.rawValue) }
}
