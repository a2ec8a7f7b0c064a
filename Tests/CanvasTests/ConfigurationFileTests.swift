import Testing

@testable import Assets
@testable import Canvas

@Suite("Configuration file")
struct ConfigurationFileTests {
    private func read(_ text: String) -> ConfigurationFile { ConfigurationFile(text: text, path: "config.toml") }

    @Test("gives names, values and lines; true and false are on and off")
    func reads() {
        let file = read(
            """
            theme = "mono"
            # a comment
            clock = false
            log = ["a", "cmd:b"]
            [keys]
            "Ctrl-R" = "run"
            """)
        #expect(file["theme"] == "mono")
        #expect(file["clock"] == "off")
        #expect(file.entries.map(\.line) == [1, 3])
        #expect(file.logs == ["a", "cmd:b"])
        #expect(file.keys == [ConfigurationFile.Entry(name: "Ctrl-R", value: "run", line: 6)])
        #expect(file.faults.isEmpty)
    }

    @Test("a broken line is named with its line, and the others hold")
    func broken() {
        let file = read("theme = \"mono\"\nhelo = = x\nclock = true\n")
        #expect(file.faults.first?.line == 2)
        #expect(file["theme"] == "mono")
        #expect(file["clock"] == "on")
    }

    @Test("a value of the wrong kind is named with file, line and key")
    func wrongKind() {
        let file = read("theme = \"mono\"\nhelo = [1]\nlog = 3\n[keys]\nx = 5\n")
        #expect(file.faults.count == 3)
        #expect(file.faults.contains { $0.description.hasPrefix("config.toml:2: helo: ") })
        #expect(file.faults.contains { $0.description.hasPrefix("config.toml:5: x: ") })
    }

    @Test("a file that is not there is an empty one, what cannot be read is a fault")
    func absent() {
        #expect(ConfigurationFile(path: "/nonexistent/config.toml").faults.isEmpty)
        #expect(ConfigurationFile(path: "/").faults.count == 1)
    }

    @Test(
        "a section without a name is a fault, where the parser would end the program",
        arguments: ["[", "[=x]", "[[ ", "[é]", "[\u{1}]"])
    func nameless(_ line: String) {
        let file = read("theme = \"mono\"\n\(line)\n")
        #expect(file.faults.first?.line == 2)
        #expect(file["theme"] == "mono")
    }

    @Test("no mutation of a file makes it trap, and no control byte passes into a fault")
    func mutations() {
        let text = Array("theme = \"mono\"\nlog = [\"a\"]\n[keys]\n\"Ctrl-R\" = \"run\"\nx = \"zoom\"\n".utf8)
        var bytes = RandomBytes(seed: 7)
        for _ in 0..<150 {
            var mutated = text
            for _ in 0..<3 {
                mutated[Int(bytes.next() % UInt64(mutated.count))] = UInt8(truncatingIfNeeded: bytes.next())
            }
            let file = read(String(decoding: mutated, as: UTF8.self))
            for fault in file.faults {
                #expect(
                    !fault.description.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
            }
        }
    }
}
