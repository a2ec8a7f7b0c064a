import DNS
import Dashboard
import FoundationEssentials
import Glibc
import MailLog
import Testing
import Triage

/// The README stays true: its screen is a tested frame, its tables are the registries. `RECORD=1` writes both anew.
@Suite("README", .serialized)
struct ReadmeTests {
    @Test("the screen is a frame that a test keeps true")
    func screen() throws {
        let frame = try Tree.text("Tests/DashboardTests/Frames/refused-recipient-80x24.txt")
        try keep(frame, between: "```text\n", and: "```")
    }

    @Test("the table of keys is the map of keys")
    func keys() throws {
        let cells = KeyMap.all.map { entry in
            let place = entry.panes.isEmpty ? "" : " (\(entry.panes.map { "\($0)" }.joined(separator: ", ")))"
            return "`\(entry.name)` | \(entry.help)\(place)"
        }
        let height = (cells.count + 1) / 2
        var rows = ""
        for row in 0..<height {
            rows += "| \(cells[row]) | \(row + height < cells.count ? cells[row + height] : " | ") |\n"
        }
        try keep(
            rows, in: "Sources/porthole/Porthole.docc/Keys.md",
            between: "| key | does | key | does |\n|---|---|---|---|\n", and: "\n`:` lists")
    }

    @Test("the table of what it knows is the registries")
    func registries() throws {
        let checks = DNSCheck.all.map(\.name)
        let half = (checks.count + 1) / 2
        let columns = [
            LogFormat.all.map(\.name), Array(checks[..<half]), Array(checks[half...]),
            Procedure.all.map { "`\($0.id)`: \($0.title)" },
        ]
        var rows = ""
        for row in 0..<(columns.map(\.count).max() ?? 0) {
            rows += "| " + columns.map { row < $0.count ? $0[row] : "" }.joined(separator: " | ") + " |\n"
        }
        try keep(
            rows, between: "| log formats | DNS checks | and | walkthroughs |\n|---|---|---|---|\n",
            and: "\nThemes are")
    }

    @Test("the table of rooms is the table of the import rules")
    func rooms() throws {
        let rows = ImportRulesTests.allowed.sorted { $0.key < $1.key }.map { room, imports in
            let names = imports.sorted().map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(room)` | \(names.isEmpty ? "nothing" : names) |\n"
        }
        try keep(
            rows.joined(), in: "Sources/porthole/Porthole.docc/Architecture.md",
            between: "| room | imports |\n|---|---|\n", and: "\n## What happens")
    }

    @Test("every place that the map names for a new thing is there")
    func places() throws {
        let text = try Tree.text("Sources/porthole/Porthole.docc/Architecture.md")
        let paths = text.split(separator: "`").filter { $0.hasPrefix("Sources/") && !$0.contains(" ") }
        #expect(paths.count >= 6)
        for path in paths { #expect(!Tree.files(below: String(path), ending: ".swift").isEmpty, "\(path)") }
    }

    @Test("is under 200 lines and names the two commands")
    func size() throws {
        let text = try Tree.text("README.md")
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
        let build = "swift build -c release --static-swift-stdlib --product porthole"
        #expect(text.contains("\nsh .ci/install && \(build) && .build/release/porthole demo\n"))
        #expect(text.contains("\nsh .ci/install && swift test --disable-xctest\n"))
    }

    private func keep(
        _ expected: String, in file: String = "README.md", between start: String, and end: String
    ) throws {
        let text = try Tree.text(file)
        let from = try #require(text.firstRange(of: start)).upperBound
        let to = try #require(text[from...].firstRange(of: end)).lowerBound
        if unsafe getenv("RECORD") != nil {
            let new = text[..<from] + expected + text[to...]
            try String(new).write(toFile: "\(Tree.root)/\(file)", atomically: true, encoding: .utf8)
            return
        }
        #expect(String(text[from..<to]) == expected)
    }
}
