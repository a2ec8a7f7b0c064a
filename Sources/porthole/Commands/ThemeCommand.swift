import ArgumentParser
import Assets
import Canvas

/// `porthole theme`: the themes there are, and how readable one is.
struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "List the themes, or check one that you wrote.",
        subcommands: [List.self, Check.self], defaultSubcommand: List.self)

    /// `porthole theme list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every theme with its smallest contrast and the distance of its verdicts.")

        func run() throws {
            for name in ThemeChoice.names {
                do {
                    let report = try ThemeChoice.report(on: name)
                    let contrast = report.contrast.map { ThemeReport.tenths($0) } ?? "the terminal's"
                    let distance = report.distance.map { ThemeReport.tenths($0) } ?? "the terminal's"
                    Output.line("\(name)  \(report.theme.variant.rawValue)  contrast \(contrast)  distance \(distance)")
                } catch {
                    Output.line("\(error)")
                }
            }
        }
    }

    /// `porthole theme check FILE`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The contrast of each role, and how different the verdicts look to all kinds of eyes.",
            discussion: """
                Exit code 0 when text has a contrast of at least \(ThemeReport.leastContrast) and verdicts a distance of at \
                least \(ThemeReport.leastDistance) with 24 bits and with 256 colours, 1 when not, 66 when the file is no theme.
                """)

        @Argument(help: "A .toml file, or a theme's name.")
        var theme: String

        func run() throws {
            let report: ThemeReport
            do { report = try ThemeChoice.report(on: theme) } catch {
                throw CommandFailure("\(error)", .cannotRead)
            }
            guard let background = report.background else {
                Output.line("\(report.theme.name): no background is named, so there is nothing to compare with")
                return
            }
            let digits = String(background, radix: 16)
            let padding = String(repeating: "0", count: 6 - digits.count)
            Output.line("\(report.theme.name), \(report.theme.variant.rawValue), on #\(padding)\(digits)")
            Output.line("role                  24 bits  256 colours")
            for contrast in report.contrasts {
                Output.line(
                    Self.row(
                        contrast.role.rawValue, ThemeReport.tenths(contrast.rgb), ThemeReport.tenths(contrast.c256)))
            }
            Output.line("distance of ok, temp and perm")
            for distance in report.distances {
                Output.line(
                    Self.row(
                        "  " + distance.vision, ThemeReport.tenths(distance.rgb), ThemeReport.tenths(distance.c256)))
            }
            if !report.silentRoles.isEmpty {
                Output.line("as their parent: " + report.silentRoles.map(\.rawValue).joined(separator: " "))
            }
            report.complaints.forEach { Output.line("! " + $0) }
            if !report.complaints.isEmpty { throw ExitCode(1) }
        }

        private static func row(_ name: String, _ rgb: String, _ c256: String) -> String {
            let name = name + String(repeating: " ", count: max(1, 22 - name.count))
            return name + rgb + String(repeating: " ", count: max(1, 9 - rgb.count)) + c256
        }
    }
}
