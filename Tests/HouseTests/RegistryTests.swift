import Testing

/// A file in an extension folder is registered, or the test says which line to add.
@Suite("Registries")
struct RegistryTests {
    struct Registry: CustomTestStringConvertible {
        let folder: String
        /// `static let NAME` in the folder's files is looked for in this file.
        let registry: String
        let type: String

        var testDescription: String { folder }
    }

    static let all = [
        Registry(folder: "Sources/DNS/Checks", registry: "Sources/DNS/DNSCheck.swift", type: "DNSCheck"),
        Registry(folder: "Sources/MailLog/Formats", registry: "Sources/MailLog/LogFormat.swift", type: "LogFormat"),
        Registry(folder: "Sources/MailLog/Rules", registry: "Sources/MailLog/TraceRule.swift", type: "TraceRule"),
        Registry(
            folder: "Sources/Triage/Walkthrough/Procedures", registry: "Sources/Triage/Walkthrough/Procedure.swift",
            type: "Procedure"),
        Registry(
            folder: "Sources/SMTP/Message/Probes", registry: "Sources/SMTP/Message/SmugglingProbe.swift",
            type: "SmugglingProbe"),
        Registry(folder: "Sources/Dashboard/Panes", registry: "Sources/Dashboard/Pane.swift", type: "Pane"),
    ]

    @Test("every extension that is declared is registered", arguments: all)
    func registered(_ registry: Registry) throws {
        let list = try Tree.text(registry.registry)
        var found = 0
        for file in Tree.files(below: registry.folder, ending: ".swift") {
            for name in try Self.declarations(of: registry.type, in: "\(registry.folder)/\(file)") {
                found += 1
                #expect(list.contains(".\(name)"), "add .\(name) to \(registry.type).all in \(registry.registry)")
            }
        }
        #expect(found > 0, "no extension of \(registry.type) was found: the test looks in the wrong place")
    }

    @Test("every step of a walkthrough belongs to a procedure")
    func stepped() throws {
        let folder = "Sources/Triage/Walkthrough"
        let procedures = try Tree.files(below: "\(folder)/Procedures", ending: ".swift").map {
            try Tree.text("\(folder)/Procedures/\($0)")
        }.joined()
        let steps = try Tree.files(below: "\(folder)/Steps", ending: ".swift").flatMap {
            try Self.declarations(of: "WalkthroughStep", in: "\(folder)/Steps/\($0)")
        }
        #expect(steps.count > 10, "the test looks in the wrong place")
        for step in steps { #expect(procedures.contains(".\(step)"), "add .\(step) to a procedure, or remove it") }
    }

    /// Names of `static let name = Type(` in a file.
    private static func declarations(of type: String, in path: String) throws -> [String] {
        try Tree.text(path).split(separator: "\n").compactMap { line in
            guard let start = line.firstRange(of: "static let "),
                line.contains("= \(type)(") || line.contains("= Self(")
            else { return nil }
            return String(line[start.upperBound...].prefix { $0.isLetter || $0.isNumber })
        }
    }
}
