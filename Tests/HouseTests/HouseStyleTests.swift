import FoundationEssentials
import Testing

/// What a reviewer would otherwise have to say each time.
@Suite("House style")
struct HouseStyleTests {
    @Test("the visible top level is Package.swift, Sources, Tests, Themes and README.md")
    func topLevel() throws {
        let visible = try Tree.folders(in: ".").filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(visible == ["Package.swift", "README.md", "Sources", "Tests", "Themes"])
    }

    @Test("no Swift file is longer than 500 lines")
    func length() throws {
        for folder in ["Sources", "Tests"] {
            for file in Tree.files(below: folder, ending: ".swift") {
                let lines = try Tree.text("\(folder)/\(file)").split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count <= 500, "\(folder)/\(file) has \(lines.count) lines")
            }
        }
    }

    @Test("nothing is marked as unfinished")
    func unfinished() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "unimplement" + "ed()"]
        for file in Tree.files(below: "Sources", ending: ".swift") {
            let text = try Tree.text("Sources/\(file)")
            for mark in marks { #expect(!text.contains(mark), "Sources/\(file) contains \(mark)") }
        }
    }

    @Test("no type is called Manager, Helper, Util or Info")
    func names() throws {
        let kinds = ["struct ", "class ", "enum ", "actor ", "protocol "]
        for file in Tree.files(below: "Sources", ending: ".swift") {
            for line in try Tree.text("Sources/\(file)").split(separator: "\n") where !line.contains("//") {
                for kind in kinds {
                    guard let start = line.firstRange(of: kind) else { continue }
                    let name = line[start.upperBound...].prefix { $0.isLetter || $0.isNumber }
                    for word in ["Manager", "Helper", "Util", "Info"] {
                        #expect(!name.hasSuffix(word), "Sources/\(file): \(name)")
                    }
                }
            }
        }
    }

    @Test("no default branch hides an action from the reducer, or an effect from the runner")
    func reducers() throws {
        for file in [
            "Sources/Dashboard/Reducer.swift", "Sources/Runtime/EffectRunner.swift", "Sources/Runtime/Program.swift",
        ] {
            for line in try Tree.text(file).split(separator: "\n") {
                #expect(!line.drop { $0 == " " }.hasPrefix("default:"), "\(file)")
            }
        }
    }
}
