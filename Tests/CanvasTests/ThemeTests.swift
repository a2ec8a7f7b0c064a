import Foundation
import Testing

@testable import Assets
@testable import Canvas

@Suite("Theme")
struct ThemeTests {
    private func parse(_ text: String) throws(TOMLFault) -> Theme {
        try ThemeAssets.parse(Array(text.utf8), file: "my.toml") { name throws(TOMLFault) in
            try ThemeAssets.parse(named: name, depth: 0)
        }.theme
    }

    @Test("is compiled in as it stands in the Themes folder")
    func embedded() throws {
        let folder = String(#filePath.dropLast("Tests/CanvasTests/ThemeTests.swift".count)) + "Themes/"
        #expect(
            ThemeAssets.names == [
                "porthole-dark", "porthole-light", "contrast-dark", "contrast-light", "cvd-dark", "cvd-light", "ansi16",
                "mono",
            ])
        for name in ThemeAssets.names {
            #expect(try ThemeAssets.theme(file: folder + name + ".toml") == ThemeAssets.theme(named: name))
            #expect(try ThemeAssets.theme(named: name).name == name)
        }
    }

    @Test("has a look for every role, and without colours too", arguments: ThemeAssets.names)
    func complete(_ name: String) throws {
        let result = try ThemeAssets.parse(named: name, depth: 0)
        for role in Role.allCases { #expect(result.theme.roles[role] != nil, "\(name) has no \(role.rawValue)") }
        // Without colours, a failure must still look like one.
        #expect(result.theme[.permanent].mono != result.theme[.ok].mono)
        #expect(!result.theme[.selection].mono.isEmpty)
    }

    /// Contrast, and the distance of the verdicts with 24 bits to every kind of eye: what each theme has to keep.
    static let figures: [(name: String, contrast: Double, distance: Double)] = [
        ("porthole-dark", 4.5, 11.3), ("porthole-light", 4.5, 13.5), ("contrast-dark", 7, 14.6),
        ("contrast-light", 7, 12.8), ("cvd-dark", 4.5, 20.5), ("cvd-light", 4.5, 19.4),
    ]

    @Test("is readable at both depths, and its verdicts differ to every kind of eye", arguments: figures)
    func readable(_ name: String, _ contrast: Double, _ distance: Double) throws {
        let report = try ThemeReport(named: name)
        #expect(report.complaints.isEmpty, "\(report.complaints)")
        #expect(try #require(report.contrast) >= contrast)
        #expect(try #require(report.distance) >= distance)
        let palette = try #require(report.distances.map(\.c256).min())
        #expect(palette >= 10, "with 256 colours")
        #expect(report.distances.map(\.vision) == ["normal", "deutan", "protan", "tritan"])
    }

    @Test("of the user's own colours keeps them at every depth, and paints no background")
    func own() throws {
        let theme = try ThemeAssets.theme(named: "ansi16")
        for depth in [ColourDepth.rgb, .c256, .c16] {
            #expect(theme.style(of: .ok, at: depth).foreground == .indexed(6), "\(depth)")
        }
        #expect(theme.style(of: .ok, at: .mono).foreground == .standard)
        #expect(try ThemeAssets.theme(named: "mono").style(of: .permanent, at: .rgb) == Style(attributes: .reverse))
    }

    @Test("with a backdrop paints it behind everything that has no background of its own")
    func backdrop() throws {
        let theme = try ThemeAssets.theme(named: "contrast-dark")
        #expect(theme.style(of: .muted, at: .rgb).background == .rgb(0))
        #expect(theme.style(of: .muted, at: .mono).background == .standard)
        #expect(throws: TOMLFault.self) { try parse("name = \"x\"\nbackdrop = \"nowhere\"") }
    }

    @Test("that is hard to read is told why")
    func complaints() throws {
        let text = """
            name = "grey"
            background = "#808080"
            [palette]
            a = { rgb = "#888888" }
            [roles]
            "verdict.ok" = { fg = "a" }
            "verdict.temp" = { fg = "a" }
            "verdict.perm" = { fg = "a" }
            """
        let result = try ThemeAssets.parse(Array(text.utf8), file: "grey.toml") { name throws(TOMLFault) in
            try ThemeAssets.parse(named: name, depth: 0)
        }
        let complaints = ThemeReport(result).complaints
        #expect(complaints.contains { $0.hasPrefix("verdict.ok: contrast 1.") })
        #expect(complaints.contains { $0.contains("to deutan eyes") })
    }

    @Test("can be written from the README alone: every role is explained there")
    func documented() throws {
        let folder = String(#filePath.dropLast("Tests/CanvasTests/ThemeTests.swift".count)) + "Themes/"
        let readme = try String(contentsOfFile: folder + "README.md", encoding: .utf8)
        for role in Role.allCases { #expect(readme.contains("`\(role.rawValue)`")) }
    }

    @Test("resolves palette, inline colours, attributes and inheritance")
    func parses() throws {
        let theme = try parse(
            """
            name = "mine"
            variant = "light"
            inherits = "porthole-dark"
            [palette]
            sea = { rgb = "#0f6d78", c16 = "bright-cyan" }
            [roles]
            "verdict.ok" = { fg = "sea", bg = { rgb = "#ffffff", c256 = 231 }, mods = ["bold", "underline"] }
            "wire.sent" = { fg = "mint", mono = ["dim"] }
            [glyphs]
            borders = "ascii"
            ok = "+"
            """)
        #expect(theme.name == "mine")
        #expect(theme.variant == .light)
        let ok = theme[.ok]
        #expect(ok.foreground == Colour(rgb: 0x0F6D78, c256: 23, c16: .brightCyan))
        #expect(ok.background == Colour(rgb: 0xFFFFFF, c256: 231, c16: nil))
        #expect(ok.attributes == [.bold, .underline])
        #expect(ok.mono == [.bold, .underline])
        #expect(theme[.wireSent].foreground?.c256 == 116)
        #expect(theme[.permanent].foreground?.rgb == 0xFF8A78)
        #expect(theme.glyphs.borders == .ascii)
        #expect(theme.glyphs.ok == "+")
        #expect(theme.glyphs.fail == "✗")
    }

    @Test(
        "names file, line and remedy when something is wrong",
        arguments: [
            ("", "my.toml:1: a theme needs a name"),
            ("name = \"a\"\ncolour = 1", "my.toml:2: there is no key \"colour\", only"),
            ("name = \"a\"\n[roles]\n\n\"ui.txt\" = { fg = \"default\" }", "my.toml:4: there is no role \"ui.txt\""),
            ("name = \"a\"\n[roles]\n\"ui.text\" = { fg = \"nope\" }", "my.toml:3: role \"ui.text\" wants the colour"),
            (
                "name = \"a\"\n[roles]\n\"ui.text\" = { foreground = \"x\" }",
                "my.toml:3: there is no key \"foreground\" in"
            ),
            (
                "name = \"a\"\n[roles]\n\"ui.text\" = { mods = [\"blink\"] }",
                "my.toml:3: role \"ui.text\" has an attribute"
            ),
            ("name = \"a\"\n[roles]\n\"ui.text\" = { mods = \"bold\" }", "my.toml:3: mods and mono"),
            ("name = \"a\"\n[roles]\n\"ui.text\" = 3", "my.toml:3: role \"ui.text\" is not a table"),
            ("name = \"a\"\n[palette]\nx = { rgb = \"red\" }", "my.toml:3: \"red\" of \"x\" is not a colour"),
            ("name = \"a\"\n[palette]\nx = { rgb = \"#+12345\" }", "my.toml:3: \"#+12345\" of \"x\" is not a colour"),
            ("name = \"a\"\n[palette]\nx = { c256 = 20 }", "my.toml:3: colour \"x\" has no rgb"),
            ("name = \"a\"\n[palette]\nx = { rgb = \"#ffffff\", c256 = 3 }", "my.toml:3: c256 of \"x\""),
            ("name = \"a\"\n[palette]\nx = { rgb = \"#ffffff\", c16 = \"teal\" }", "my.toml:3: c16 of \"x\""),
            ("name = \"a\"\n[glyphs]\nok = \"日\"", "my.toml:3: glyph \"ok\" does not fill one column"),
            ("name = \"a\"\n[glyphs]\nok = \"\\u001b\"", "my.toml:3: glyph \"ok\" does not fill one column"),
            ("name = \"a\"\n[glyphs]\nspinner = \"x\"", "my.toml:3: there is no glyph"),
            ("name = \"a\"\n[glyphs]\nborders = \"round\"", "my.toml:3: borders \"round\""),
            ("name = \"a\"\nvariant = \"grey\"", "my.toml:2: variant \"grey\""),
            ("name = \"a\"\ninherits = \"nobody\"", "nobody: there is no such theme"),
            ("name = \"a\"\nname = ", "my.toml:2:"),
            ("name = \"a\"\nroles = 1", "my.toml:2: [roles] is not a section"),
            ("name = \"a\0\"", "my.toml:1: holds a NUL byte"),
            ("name = \"a\"\n\"\\u001b]0;x\\u0007\" = 1", "there is no key \"␛]0;x␇\""),
        ])
    func faults(_ text: String, _ message: String) throws {
        let fault = try #require(throws: TOMLFault.self) { try parse(text) }
        #expect(fault.description.contains(message), "\(fault)")
        #expect(!fault.description.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test("does not read what is too long, not text or not there")
    func unreadable() throws {
        let long = [UInt8](repeating: 0x23, count: TOMLFile.mostBytes + 1)
        #expect(throws: TOMLFault.self) {
            try ThemeAssets.parse(long, file: "f") { _ throws(TOMLFault) in throw TOMLFault(file: "", problem: "") }
        }
        #expect(throws: TOMLFault.self) { try ThemeAssets.theme(file: "/nowhere/at/all.toml") }
        #expect(throws: TOMLFault.self) { try ThemeAssets.theme(file: "/") }
        #expect(throws: TOMLFault.self) { try ThemeAssets.theme(named: "no-such-theme") }
    }

    @Test("survives files that were damaged at random")
    func damaged() throws {
        var random = RandomBytes(seed: 11)
        let whole = try #require(ThemeAssets.embedded.first).bytes
        for _ in 0..<1_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: random.bytes(most: 8), at: place)
                }
            }
            _ = try? ThemeAssets.parse(bytes, file: "f") { name throws(TOMLFault) in
                try ThemeAssets.parse(named: name, depth: 0)
            }
        }
    }

    @Test("falls back to the role before the dot")
    func fallback() {
        #expect(Role.borderFocus.parent == .border)
        #expect(Role.permanent.parent == .text)
        #expect(Role.text.parent == nil)
        let theme = Theme(name: "t", roles: [.border: Theme.RoleStyle(attributes: .dim)])
        #expect(theme[.borderFocus].attributes == .dim)
        #expect(theme[.permanent] == Theme.RoleStyle())
    }

    @Test("paints the selected row behind what stands on it")
    func selection() throws {
        let theme = try ThemeAssets.theme(named: "porthole-dark")
        let plain = theme.style(of: .permanent, at: .c256)
        #expect(plain == Style(foreground: .indexed(209), attributes: .bold))
        let selected = theme.style(of: .permanent, isSelected: true, at: .rgb)
        #expect(selected == Style(foreground: .rgb(0xFF8A78), background: .rgb(0x1F3A54), attributes: .bold))
        #expect(theme.style(of: .ok, isSelected: true, at: .mono) == Style(attributes: .reverse))
        #expect(Theme.colourless.style(of: .permanent, at: .rgb).foreground == .standard)
    }
}
